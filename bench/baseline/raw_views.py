"""The same work as two pages of the product, in raw SQL and joined strings, without models or templates.

The frame around the rows is the product's own page, cut at its list (`BENCH_FRAME`), so that both send about
as many bytes. Who asks is known from the product's middleware, or looked up in SQL where there is none
(`floor_settings`).
"""

import os
import uuid
from html import escape
from pathlib import Path

from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseForbidden, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

_BEFORE, _, _AFTER = Path(os.environ["BENCH_FRAME"]).read_text(encoding="utf-8").partition("<!--rows-->")
_SEAT = """
    SELECT s.user_id, a.village_id FROM accounts_session s
    JOIN villages_officerassignment a
        ON a.user_id = s.user_id AND current_date BETWEEN a.starts_on AND a.ends_on
    WHERE s.session_key = %s AND s.expire_date > now()
"""
_ROWS = """
    SELECT v.id, coalesce(p.full_name, v.visitor_name), v.topic, v.visited_on, v.outcome, v.follow_up_on,
           v.followed_up_at, v.withdrawn_at, u.full_name
    FROM migrants_servicevisit v
    LEFT JOIN migrants_person p ON p.id = v.person_id
    LEFT JOIN accounts_user u ON u.id = v.logged_by_id
    WHERE v.village_id = %s ORDER BY v.visited_on DESC, v.id DESC LIMIT 26
"""
_INSERT = """
    INSERT INTO migrants_servicevisit (id, village_id, district_id, province_id, visitor_name, visitor_sex,
        visited_on, topic, channel, outcome, note, withdrawn_reason, logged_by_id, logged_at)
    VALUES (%s, %s, '', '', %s, '', current_date, %s, %s, %s, '', '', %s, now())
    ON CONFLICT (id) DO NOTHING
"""
_EVENT = """
    INSERT INTO audit_event (name, actor_id, actor_name, actor_role, village_code, district_code,
        province_code, subject_type, subject_id, subject_label, changes, reason, request_id)
    VALUES ('visit.logged', %s, '', 'officer', %s, '', '', 'visit', %s, '', '{}', '', '')
"""


def _seat(cursor, request):
    if seat := getattr(request, "seat", None):
        return seat.user.pk, seat.village_id
    cursor.execute(_SEAT, [request.COOKIES.get("sesi", "")])
    return cursor.fetchone()


def _tag(outcome, promised, done, withdrawn):
    if withdrawn:
        return "withdrawn"
    return "waits" if promised and not done else outcome


def visit_list(request):
    with connection.cursor() as cursor:
        seat = _seat(cursor, request)
        if seat is None:
            return HttpResponseForbidden()
        cursor.execute(_ROWS, [seat[1]])
        rows = cursor.fetchall()[:25]
    lines = [
        f'<li><div><a class="name" href="/visits/{key}/">{escape(name)}</a>'
        f'<p class="hint">{topic} · {day:%d-%m-%Y} · {escape(officer or "")}</p></div>'
        f'<span class="tag">{_tag(outcome, promised, done, withdrawn)}</span></li>'
        for key, name, topic, day, outcome, promised, done, withdrawn, officer in rows
    ]
    return HttpResponse(_BEFORE + "\n".join(lines) + _AFTER)


@csrf_exempt
def visit_save(request):
    posted = request.POST
    key = uuid.UUID(posted["key"])
    with transaction.atomic(), connection.cursor() as cursor:
        seat = _seat(cursor, request)
        if seat is None:
            return HttpResponseForbidden()
        user, village = seat
        cursor.execute(
            _INSERT,
            [
                key,
                village,
                posted["visitor_name"],
                posted["topic"],
                posted["channel"],
                posted["outcome"],
                user,
            ],
        )
        cursor.execute(_EVENT, [str(user), village, str(key)])
    return HttpResponseRedirect(f"/visits/{key}/saved/")
