-- Which organisations may be the same, found by keys they share. `untold` and `kinds` are variables:
-- the words that are no part of a name, and the words for a kind of organisation.

create or replace temp macro plain(text) as
    trim(regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}]+', ' ', 'g'));

create or replace temp macro bare(text) as
    coalesce(nullif(trim(regexp_replace(text, '\([^)]*\)', ' ', 'g')), ''), text);

create or replace temp macro name_words(text) as
    list_filter(string_split(replace(plain(bare(text)), 'university of applied sciences',
                                     'appliedsciences'), ' '),
                lambda w: w <> '' and not list_contains(getvariable('untold'), w));

-- An acronym: in brackets, or a short name in capitals.
create or replace temp macro printed_short(text) as
    list_filter(
        [lower(regexp_extract(text, '\(([\p{Lu}\p{N}][\p{L}\p{N}-]{1,9})\)', 1)),
         lower(regexp_extract(bare(text), '^\s*(\p{Lu}[\p{Lu}\p{N}-]{1,7})\s*$', 1))],
        lambda s: length(s) between 2 and 10);

-- The first letters of three words or more.
create or replace temp macro initials(text) as
    case when length(name_words(text)) between 3 and 10
    then array_to_string(list_transform(name_words(text), lambda w: w[1]), '') end;

create or replace temp macro short_names(text) as
    list_filter(list_append(printed_short(text), initials(text)), lambda s: s is not null);

create or replace temp table organisation as
select
    row_number() over (order by organisation_id)::integer as no,
    organisation_id, country, city, business_id,
    list_distinct(list_filter([name_original, name_en, name_fi], lambda n: n is not null)) as names,
    nullif(regexp_extract(lower(url), '^(?:https?://)?(?:www\.)?([^/:?#]+\.[a-z]+)', 1), '') as host
from stated.organisations
where coalesce(name_original, name_en, name_fi) is not null;

create or replace temp macro sort_of_key(said) as said::enum('id', 'name', 'short', 'host', 'part');

-- `is_half` marks a key that counts only if the other side's is not half: first letters say
-- something of a printed acronym and nothing of other first letters. A name is looked for in all
-- countries, and again in its own: a crowd of all countries may be a few in one.
create or replace temp table key as
with
named as (select no, country, unnest(names) as name from organisation),
told as (select no, country, list_sort(list_distinct(name_words(name))) as words from named),
word as (select distinct no, country, unnest(words) as word from told),
kind as (select no, getvariable('kinds')[word] as kind from word where getvariable('kinds')[word] is not null)
select no, sort_of_key('id') as sort, hash('id', replace(business_id, '-', '')) as key,
    null::ubigint as word, false as is_half
from organisation where length(business_id) >= 5
union all
select no, sort_of_key('part'), hash('name', words), null, false from told
union all
select no, sort_of_key('name'), hash('name', country, words), null, false
from told where country is not null
union all
select no, sort_of_key('short'), hash('short', country, unnest(printed_short(name))), null, false from named
union all
select no, sort_of_key('part'), hash('short', country, initials(name)), null, true from named
where initials(name) is not null
union all
select no, sort_of_key('host'), hash('host', host), null, false from organisation where host is not null
union all
select kind.no, sort_of_key('part'), hash('kind', country, kind, word[1:3]), null, false
from kind join word using (no) where getvariable('kinds')[word] is null and length(word) >= 3
union all
select no, sort_of_key('part'), hash('word', country, word), hash(word), false from word where length(word) >= 3
union all
select no, sort_of_key('part'), hash('beginning', country, replace(plain(name), ' ', '')[1:6]), hash('beginning'), false
from named where length(plain(name)) >= 6;

-- What a whole crowd shares tells nothing and is not followed. Of words, kinds and beginnings, which
-- are keys only together, that is no news; of names, acronyms, numbers and addresses it is told.
create or replace temp table passed_over as
with crowded as (
    select sort, key, count(distinct no) as organisations, min(no) as no
    from key where sort <> 'part'
    group by sort, key having count(distinct no) > getvariable('crowd')
)
select sort::varchar as sort, count(*) as keys, arg_max(names[1], (organisations, -no)) as example
from crowded join organisation using (no)
group by sort;

create or replace temp table shared as
select distinct no, key, word, is_half from key
qualify count(*) over (partition by key.key) between 2 and getvariable('crowd');

create or replace temp table candidate as
select a.no as one, b.no as other
from shared as a join shared as b on a.key = b.key and a.no < b.no
where not (a.is_half and b.is_half)
group by 1, 2
having count(*) filter (where a.word is null) > 0 or count(distinct a.word) >= 2;

-- Organisations that one record names side by side are two for whoever wrote it; organisations that
-- lead the two records of a confirmed pair may well be one.
create or replace temp table told as
with chosen as (select one as no from candidate union select other from candidate)
select organisation.*, list_distinct(flatten(list_transform(names, lambda n: short_names(n))))
    as short
from organisation join chosen using (no);

create or replace temp table beside as
select distinct c.one, c.other
from candidate as c
join organisation as a on a.no = c.one
join organisation as b on b.no = c.other
join stated.participations as p on p.organisation_id = a.organisation_id
join stated.participations as q
    on q.organisation_id = b.organisation_id and q.project_id = p.project_id;

-- The pairs that are confirmed come first: they are few, and what one organisation leads may be much.
create or replace temp table both_lead as
with
pair as materialized (
    select project_id as a, other_project_id as b from stated.same_as where status = 'confirmed'
    union
    select other_project_id, project_id from stated.same_as where status = 'confirmed'
),
leader as materialized (
    select project_id, organisation.no
    from stated.participations join organisation using (organisation_id)
    where role in ('lead', 'beneficiary')
        and project_id in (select a from pair)
)
select distinct c.one, c.other
from pair
join leader as p on p.project_id = pair.a
join leader as q on q.project_id = pair.b
join candidate as c on c.one = p.no and c.other = q.no;
