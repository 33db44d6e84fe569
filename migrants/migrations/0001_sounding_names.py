"""How a name sounds: old and new spelling, Moh. and Muhammad become the same letters.

The database makes the column that holds it, so that no way of writing a person (form, import, merge) can leave
it stale; so the functions come before the tables.
"""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

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
# thousandths, of the whole name or (halved) of its best part. Not STRICT: such a function is called row by row,
# this one the planner writes into the question itself, half the time for a village.
NEARNESS = r"""
CREATE FUNCTION migrants_nearness(sounding text, asked text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN asked = '' THEN 0
        WHEN ' ' || sounding LIKE ALL (string_to_array('% ' || replace(asked, ' ', '%,% ') || '%', ','))
            THEN 1000 + (1000 * similarity(sounding, asked))::integer
        ELSE (1000 * greatest(similarity(sounding, asked), word_similarity(asked, sounding) / 2))::integer
    END
$$;
"""
# Three letters from the front and the back of every word: a cheap first look in a whole district. One slip
# leaves at least one of them whole in a name of two words, so the dear comparison is asked for a tenth of the
# people only.
PIECES = r"""
CREATE FUNCTION migrants_pieces(asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg('%' || left(word, 3) || '%') || array_agg('%' || right(word, 3) || '%')
    FROM unnest(string_to_array(asked, ' ')) word
$$;
"""


class Migration(migrations.Migration):
    dependencies = []

    operations = [
        TrigramExtension(),
        migrations.RunSQL(sql=SOUNDING, reverse_sql="DROP FUNCTION migrants_sounding(text);"),
        migrations.RunSQL(sql=NEARNESS, reverse_sql="DROP FUNCTION migrants_nearness(text, text);"),
        migrations.RunSQL(sql=PIECES, reverse_sql="DROP FUNCTION migrants_pieces(text);"),
    ]
