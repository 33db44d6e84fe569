"""How a name sounds stands beside it: old and new spelling, Moh. and Muhammad become the same letters.

The database makes the column, so that no way of writing a person (form, import, merge) can leave it stale.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models
from django.db.models.functions import Concat

SOUNDING = r"""
CREATE FUNCTION migrants_sounding(name text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    s text := translate(lower(name), 'áàâäãåéèêëíìîïóòôöõúùûüçñ''’‘`´', 'aaaaaaeeeeiiiiooooouuuucn');
    plain text;
BEGIN
    s := btrim(regexp_replace(s, '[^[:alnum:]]+', ' ', 'g'));
    plain := btrim(regexp_replace(s, '\m(h|hj|haji|hajah|alm|almh|bin|binti)\M *', '', 'g'));
    s := CASE WHEN plain = '' THEN s ELSE plain END;
    s := regexp_replace(s, '\m(m[uo](c|k)?hd?|mhd|md|m[uo](c|k)?h+am+[aeu]d)\M', 'muhamad', 'g');
    s := regexp_replace(s, '\mabd\M', 'abdul', 'g');
    s := regexp_replace(s, '\mst\M', 'siti', 'g');
    s := replace(replace(replace(replace(s, 'oe', 'u'), 'dj', 'j'), 'tj', 'c'), 'hj', 'hi');
    s := regexp_replace(s, '(k|c)h', 'h', 'g');
    s := regexp_replace(s, '(t|d|g|b)h', '\1', 'g');
    s := regexp_replace(s, 'sy|sj|ts', 's', 'g');
    s := replace(replace(replace(s, 'ae', 'ai'), 'ij', 'i'), 'uw', 'u');
    s := translate(s, 'vfzqy', 'ppjki');
    s := regexp_replace(s, '(\w)\1+', '\1', 'g');
    s := regexp_replace(s, '(\w)h\M', '\1', 'g');
    RETURN s;
END
$$;
"""
# 1000 and more: every word asked for begins a word of the name. Below: a share of common trigrams in
# thousandths, of the whole name or (halved) of its best part.
NEARNESS = r"""
CREATE FUNCTION migrants_nearness(sounding text, asked text) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT CASE
        WHEN asked = '' THEN 0
        WHEN ' ' || sounding LIKE ALL (string_to_array('% ' || replace(asked, ' ', '%,% ') || '%', ','))
            THEN 1000 + (1000 * similarity(sounding, asked))::integer
        ELSE (1000 * greatest(similarity(sounding, asked), word_similarity(asked, sounding) / 2))::integer
    END
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0011_steps_of_an_undone_import")]

    operations = [
        TrigramExtension(),
        migrations.RunSQL(sql=SOUNDING, reverse_sql="DROP FUNCTION migrants_sounding(text);"),
        migrations.RunSQL(sql=NEARNESS, reverse_sql="DROP FUNCTION migrants_nearness(text, text);"),
        migrations.AddField(
            "person",
            "sounding",
            models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    Concat("full_name", models.Value(" "), "nickname"),
                    function="migrants_sounding",
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["nik_digest"],
                name="migrants_person_nik",
                condition=models.Q(nik_digest__isnull=False),
            ),
        ),
        migrations.AddIndex(
            "person",
            models.Index(
                fields=["passport_digest"],
                name="migrants_person_passport",
                condition=models.Q(passport_digest__isnull=False),
            ),
        ),
    ]
