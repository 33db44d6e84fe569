# One image for web, worker, beat and migrations. It holds no secret; every value comes from the environment.
FROM python:3.11-slim-bookworm

# Pango lays out the PDF reports.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /srv/app --shell /usr/sbin/nologin desmigratif

WORKDIR /srv/app
ENV PYTHONUNBUFFERED=1 \
    LANG=C.UTF-8 \
    DESMIGRATIF_MODE=production \
    DESMIGRATIF_STATIC_ROOT=/srv/static \
    DESMIGRATIF_MEDIA_ROOT=/srv/files

# The site's own packages at the locked versions; a file whose hash is not in the lock is refused.
COPY pyproject.toml requirements.lock ./
RUN sed -n '/^uv==/,/^    # via/p' requirements.lock > /tmp/uv.txt \
 && pip install --no-cache-dir --no-deps --require-hashes -r /tmp/uv.txt \
 && uv pip install --system --no-cache --compile-bytecode -r pyproject.toml -c requirements.lock \
 && pip uninstall -y uv \
 && rm /tmp/uv.txt

COPY . .
# Static files and messages need settings, but none that matter: these values live for this one line.
RUN python -m desmigratif.messages compile \
 && DESMIGRATIF_SECRET_KEY=$(python -c "import secrets; print(secrets.token_hex(40))") \
    DESMIGRATIF_HOSTS=build DESMIGRATIF_FIELD_KEYS_FILE=/dev/null DESMIGRATIF_REPORT_KEY_FILE=/dev/null \
    DATABASE_URL=postgresql://build/build REDIS_URL=redis://build \
    python manage.py collectstatic --no-input \
 && python -m compileall -q . \
 && install -d -o desmigratif -g desmigratif -m 700 /srv/files

USER desmigratif
EXPOSE 8000
CMD ["gunicorn", "desmigratif.wsgi:application", "--bind", "0.0.0.0:8000", "--workers", "3", "--timeout", "120", "--preload", "--no-control-socket", "--max-requests", "2000", "--max-requests-jitter", "200", "--worker-tmp-dir", "/dev/shm"]
