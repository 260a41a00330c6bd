-- What is made of the words and categories found. It expects lens_words (one row per record and
-- keyword: record_id, number of the keyword, the place where the record says it first, and written, how),
-- lens_found(record_id, scheme, code), lens_categories, lens_schemes, lens_keywords and the macros lens_fold
-- and lens_in_title(place), and leaves lens_services, lens_target_groups and lens_relevance. No step
-- depends on the order of the rows.

-- One row per record and category that is known, with its meaning.
create or replace temp table lens_said as
select distinct found.record_id, schemes.scheme, categories.code,
    replace(schemes.evidence, '{code}', categories.code) as evidence,
    categories.service, categories.target_group, categories.is_social
from lens_found as found
join lens_schemes as schemes using (scheme)
join lens_categories as categories
    on categories.scheme = found.scheme
    and lens_fold(categories.code) = lens_fold(case
        when found.scheme like 'intervention-%'
            then lpad(regexp_extract(trim(found.code), '^(\d{1,3})(\.0)?$', 1), 3, '0')
        when found.scheme like 'eura-%' then regexp_extract(trim(found.code), '^\d+(\.\d+)?')
        else trim(found.code)
    end);

-- One row per record that is a social-service project, and why.
create or replace table lens_relevance as
with by_category as (
    select record_id, string_agg(distinct evidence, '; ' order by evidence) as evidence
    from lens_said where is_social group by record_id
),
telling as (
    select words.*, keywords.service, keywords.target_group
    from lens_words as words join lens_keywords as keywords using (number)
    where keywords.is_social
),
grouped as (select distinct record_id, true as has_group from lens_said where target_group is not null),
-- Two words that mean the same thing say it once.
by_words as (
    select record_id
    from telling left join grouped using (record_id)
    group by record_id
    having bool_or(lens_in_title(place))
        or (bool_or(service is not null)
            and (count(distinct (service, target_group)) > 1 or bool_or(has_group)))
),
shown as (
    select record_id, array_to_string(arg_min(written, place, 5), '; ') as evidence
    from (
        select record_id, written, min(place) as place
        from telling semi join by_words using (record_id)
        group by record_id, written
    )
    group by record_id
)
select record_id, 'category' as basis, evidence from by_category
union all
select record_id, 'read', evidence from shown anti join by_category using (record_id);

-- What categories and words say: one row per record and service, and per record and group.
-- A word in the title always counts; a word of the body only where the record is relevant.
create or replace temp table lens_meant as
with meant as (
    select record_id, service, target_group, evidence, null::varchar as written, null as place from lens_said
    union all
    select record_id, keywords.service, keywords.target_group, null, words.written, words.place
    from lens_words as words join lens_keywords as keywords using (number)
    where lens_in_title(words.place) or record_id in (select record_id from lens_relevance)
)
select record_id, 'service' as kind, service as value, evidence, written, place from meant where service is not null
union all
select record_id, 'target_group', target_group, evidence, written, place from meant where target_group is not null;

create or replace temp table lens_values as
with by_category as (
    select record_id, kind, value, string_agg(distinct evidence, '; ' order by evidence) as evidence
    from lens_meant where evidence is not null group by all
),
by_words as (
    select record_id, kind, value, array_to_string(arg_min(written, place, 5), '; ') as evidence
    from (
        select record_id, kind, value, written, min(place) as place
        from lens_meant where written is not null
        group by record_id, kind, value, written
    )
    group by record_id, kind, value
)
select record_id, kind, value, 'category' as basis, evidence from by_category
union all
select record_id, kind, value, 'read', evidence from by_words anti join by_category using (record_id, kind, value);

create or replace table lens_services as
select record_id, value as service, basis, evidence from lens_values where kind = 'service';

create or replace table lens_target_groups as
select record_id, value as target_group, basis, evidence from lens_values where kind = 'target_group';
