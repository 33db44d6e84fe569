"""Three letters from the front and the back of every word: a cheap first look in a whole district.

One slip leaves at least one of them whole in a name of two words, so the dear comparison is asked for a tenth
of the people only.
"""

from django.db import migrations

PIECES = r"""
CREATE FUNCTION migrants_pieces(asked text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg('%' || left(word, 3) || '%') || array_agg('%' || right(word, 3) || '%')
    FROM unnest(string_to_array(asked, ' ')) word
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("migrants", "0018_household_care")]

    operations = [migrations.RunSQL(sql=PIECES, reverse_sql="DROP FUNCTION migrants_pieces(text);")]
