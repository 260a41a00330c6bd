-- From what the registers' readings filled to the tables of the data package, as Parquet has them.
-- `_n` is the number of a record in this import, those about social services first: what is read
-- together lies together, and tables are joined by it. `_words` is what a search looks in.

create table ordinals as
select o.op, o.record_id, o.source_id, s.is_social,
    row_number() over (order by not s.is_social, o.op) - 1
        + if(s.is_social, 0, (select count(*) from standing_records where is_social)) as n
from operations as o join new_scopes as s using (op);

create view out_projects as
select
    o.record_id as project_id, o.acronym, o.name_en, o.name_en_basis, o.name_fi, o.name_fi_basis,
    o.name_original, o.original_language, o.collection, o.programme_id, o.fund, o.programming_period,
    o.code, o.code_scheme, o.summary_en, o.summary_fi, o.scope, false as is_in_depth, o.url, o.source_id,
    -- Each by itself: one letter with an accent makes folding all that stands with it slow.
    concat_ws(' ', fold(o.code), fold(o.acronym), fold(o.name_en), fold(o.name_fi),
        if(o.name_original is distinct from o.name_en, fold(o.name_original), null), fold(o.more_words), fold(s.names),
        if(n.is_social, concat_ws(' ', fold(o.summary_en), fold(o.summary_fi)), null), fold(o.record_id)) as _words,
    n.n as _n
from operations as o join ordinals as n using (op)
left join (
    select op, string_agg(concat_ws(' ', name_original, name_en, city), ' ') as names from seats_read group by op
) as s using (op);

-- An end before its start is told and not drawn.
create view out_periods as
select
    o.record_id || '-register-period' as period_id, o.record_id as project_id, start_date, end_date,
    period_precision as precision, 'register' as basis,
    not coalesce(end_date < start_date, false) as is_displayed, o.source_id,
    nullif(concat_ws(' ', if(end_date < start_date, 'The register states an end before the start.', null), w.note_en), '') as note_en,
    nullif(concat_ws(' ', if(end_date < start_date, 'Rekisterin mukaan hanke päättyy ennen alkuaan.', null), w.note_fi), '') as note_fi,
    n as _n
from operations as o join ordinals using (op) left join period_notes as w using (op)
where start_date is not null or end_date is not null;

create view out_amounts as
select
    o.record_id || '-register-' || replace(a.measure, '_', '-') as amount_id, o.record_id as project_id,
    a.measure, if(a.currency = 'EUR', a.amount, null) as amount_eur, a.amount,
    if(a.amount is null, null, a.currency) as currency, a.state,
    if(a.amount is null, null, 'exact') as precision, true as is_displayed,
    s.published as as_of, o.source_id, a.note_en, a.note_fi, o.n as _n
from amounts_read as a join ordinals as o using (op) join sources_read as s using (source_id);

create view out_organisations as
select
    organisation_id, any_value(name_en) as name_en, null::varchar as name_fi,
    any_value(name_original) as name_original, any_value(organisation_type) as organisation_type,
    any_value(country) as country, any_value(city) as city, any_value(seats_read.nuts3) as nuts3,
    any_value(w.wellbeing_county) as wellbeing_county, any_value(latitude) as latitude, any_value(longitude) as longitude,
    if(any_value(latitude) is null, null, 'stated') as place_basis, any_value(url) as url,
    any_value(business_id) as business_id, any_value(o.source_id) as source_id
from seats_read join ordinals as o using (op) left join counties as w on w.nuts3 = seats_read.nuts3
group by organisation_id;

create view out_participations as
select distinct o.record_id as project_id, s.organisation_id, s."role", o.source_id,
    null::varchar as note_en, null::varchar as note_fi, o.n as _n
from seats_read as s join ordinals as o using (op);

create view out_places as
with several as (select op from places_read group by op having count(*) > 1),
placed as (
    select *, 1 as number from places_read anti join several using (op)
    union all
    select *, row_number() over (partition by op order by latitude, longitude, nuts3, country, name)
    from places_read semi join several using (op)
)
select
    o.record_id || '-place-' || p.number as place_id, o.record_id as project_id, null::varchar as lab_id,
    coalesce(p.name, c.display, p.country) as name, p.country, p.nuts3, w.wellbeing_county,
    p.latitude, p.longitude, p.place_kind, p.precision,
    if(p.latitude is null, null, 'stated') as place_basis, o.source_id, o.n as _n
from placed as p join ordinals as o using (op) left join country_displays as c using (country)
left join counties as w on w.nuts3 = p.nuts3;

create view out_project_services as
select o.record_id as project_id, l.service, l.basis, l.evidence, o.source_id, o.n as _n
from lens_services as l join ordinals as o on o.op = l.record_id;

create view out_project_target_groups as
select o.record_id as project_id, l.target_group, l.basis, l.evidence, o.source_id, o.n as _n
from lens_target_groups as l join ordinals as o on o.op = l.record_id;

create view out_programmes as
select programme_id, any_value(programme_name) as label_en, any_value(programme_name) as label_fi,
    null::varchar as description_en, null::varchar as description_fi,
    any_value(programming_period) as programming_period, null::varchar as url
from operations where programme_id is not null group by programme_id;

-- A region that only stands at a place has no name but its code.
create view out_regions as
with stated as (
    select region, kind, country, label from regions_read
    union all
    select nuts3, case length(nuts3) when 3 then 'nuts1' when 4 then 'nuts2' else 'nuts3' end, nuts_country(nuts3, null), nuts3
    from (select distinct nuts3 from places_read union select distinct nuts3 from seats_read)
    where nuts3 is not null and nuts_country(nuts3, null) is not null
),
known as (
    select region, min(kind) as kind, min(country) as country,
        coalesce(min(label) filter (label <> region), region) as label
    from stated group by region
)
select k.region, k.kind, k.country, k.label as label_en, k.label as label_fi,
    (select w.region from known as w where length(k.region) > 3 and w.region = left(k.region, length(k.region) - 1)) as parent,
    null::double as latitude, null::double as longitude
from known as k;

create view out_sources as from sources_read;

create view out_lens as
select o.record_id, l.basis, l.evidence, o.n as _n
from lens_relevance as l join ordinals as o on o.op = l.record_id;

create view out_scopes as
select s.* exclude (op), o.n as _n from new_scopes as s join ordinals as o using (op);
