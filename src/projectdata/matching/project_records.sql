-- The records of projects as matching reads them; `stated` holds the tables of the data package.
-- Everything is temporary.

-- Words only, without those that a register adds or drops at will.
create or replace temp macro plain(text) as
    trim(regexp_replace(strip_accents(lower(text)),
        '(?:[^\p{L}\p{N}]+|\b(?:a|and|de|for|hanke|hankkeen|ja|la|of|och|on|project|projekt|projekti'
        || '|the|und)\b)+', ' ', 'g'));

create or replace temp macro letters(text) as
    regexp_replace(strip_accents(lower(text)), '[^\p{L}\p{N}]+', '', 'g');

create or replace temp macro code_key(text) as
    regexp_replace(upper(text), '[^A-Z0-9]', '', 'g');

-- What a code looks like somewhere in a text: letters and figures, long enough to mean one project.
create or replace temp macro codes_in(text, pattern) as
    list_filter(list_transform(regexp_extract_all(text, pattern), lambda c: code_key(c)),
                lambda c: length(c) between 6 and 40
                          and (regexp_matches(c, '[A-Z]') or length(c) >= 9)
                          and regexp_matches(c, '[0-9]'));

-- A short name inside a longer one: before a dash or colon, after the last dash, in brackets.
create or replace temp macro short_names(text) as
    list_filter(
        list_transform(
            [regexp_extract(text, '^\s*([^\s–—:-][^–—:-]{1,19}?)\s*(?:\s[–—-]|:)', 1),
             regexp_extract(text, '\s[–—-]+\s*([^\s–—-]{3,20})\s*$', 1),
             regexp_extract(text, '\(([^()\s]{3,20})\)', 1)],
            lambda s: letters(s)),
        lambda s: length(s) between 3 and 20);

-- One row per record. Registers are never matched within themselves; a record of no register
-- belongs to what the curated dataset holds of its collection.
create or replace temp table record as
select
    row_number() over (order by p.project_id)::integer as no,
    p.project_id,
    case
        when p.code_scheme like 'eura%' then 'eura'
        when p.code_scheme is not null then p.code_scheme
        else 'collection ' || coalesce(p.collection, '')
    end as register,
    p.code_scheme,
    nullif(code_key(p.code), '') as code,
    coalesce(p.is_in_depth, false) as is_in_depth
from stated.projects as p
where coalesce(p.name_en, p.name_fi, p.name_original, p.acronym) is not null
    -- The row of a register for which the curated dataset has a record of its own.
    and not (ends_with(p.project_id, lower(p.code)) and (p.code, p.code_scheme) in (
        select (code, code_scheme) from stated.projects
        where code is not null and not ends_with(project_id, lower(code))));

create or replace temp view naming as
select
    record.no,
    record.register,
    list_distinct(list_filter([p.name_original, p.name_en, p.name_fi], lambda n: n is not null))
        as names,
    list_filter([{'text': p.name_original, 'language': p.original_language},
                 {'text': p.name_en, 'language': 'en'}, {'text': p.name_fi, 'language': 'fi'}],
                lambda n: n.text is not null) as titles,
    p.acronym,
    p.url,
    p.fund,
    p.programming_period
from record join stated.projects as p using (project_id);

-- Days of start; two starts within a month share one of two neighbouring months of 31 days.
create or replace temp view start as
select distinct record.no, record.register, period.start_date,
    (period.start_date - date '1990-01-01') // 31 as month
from record join stated.periods as period using (project_id)
where period.start_date is not null and coalesce(period.precision, 'day') <> 'year';

create or replace temp view leader as
select distinct record.no, record.register, o.organisation_id, o.name_original, o.name_en,
    o.name_fi, o.country
from record
join stated.participations as part using (project_id)
join stated.organisations as o using (organisation_id)
where part.role in ('lead', 'beneficiary');
