-- What queries read, derived once from the curated tables (schema `curated`).
-- Each step has one grain, named above it. All statements run in one go, in order.

-- The text a search looks in, or for: small letters without accents. `selection.fold` does the
-- same in Python; a test holds the two together.
create macro fold(text) as
    strip_accents(translate(replace(replace(replace(lower(text), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'),
                            'øłđħıς', 'oldhiσ'));

-- One row per record of a project: the record that stands for it. A confirmed pair counts once.
create table identities as
select
    projects.project_id as record_id,
    coalesce(min(pairs.project_id), projects.project_id) as project_id
from curated.projects
left join curated.same_as as pairs
    on pairs.other_project_id = projects.project_id and pairs.status = 'confirmed'
group by projects.project_id;

-- The tables of the package, with the project a record stands for as `project_id` and, where they
-- hold statements, the record itself as `record_id`.
create table records as
select identities.project_id, p.* exclude (project_id), identities.record_id
from curated.projects as p join identities on record_id = p.project_id;

create table projects as select * exclude (record_id) from records where record_id = project_id;

create table statements as
select identities.project_id, s.* exclude (project_id), identities.record_id
from curated.statements as s join identities on record_id = s.project_id;

create table conflicts as
select identities.project_id, c.* exclude (project_id)
from curated.conflicts as c join identities on record_id = c.project_id;

-- One displayed period a project: the record's own before that of the other register.
create table periods as
with ranked as (
    select identities.project_id, p.* exclude (project_id), identities.record_id,
        row_number() over (
            partition by identities.project_id
            order by p.is_displayed desc, identities.record_id <> identities.project_id, p.period_id
        ) as place
    from curated.periods as p join identities on record_id = p.project_id
)
select * exclude (place) replace (is_displayed and place = 1 as is_displayed) from ranked;

-- One displayed amount a project and measure, likewise.
create table amounts as
with ranked as (
    select identities.project_id, a.* exclude (project_id), identities.record_id,
        row_number() over (
            partition by identities.project_id, a.measure
            order by a.is_displayed desc, identities.record_id <> identities.project_id, a.amount_id
        ) as place
    from curated.amounts as a join identities on record_id = a.project_id
)
select * exclude (place) replace (is_displayed and place = 1 as is_displayed) from ranked;

create table organisations as from curated.organisations;

create table participations as
select identities.project_id, p.* exclude (project_id), identities.record_id
from curated.participations as p join identities on record_id = p.project_id;

create table labs as from curated.labs;

create table places as
select identities.project_id, p.* exclude (project_id)
from curated.places as p join identities on record_id = p.project_id;

create table project_target_groups as
select identities.project_id, l.* exclude (project_id)
from curated.project_target_groups as l join identities on record_id = l.project_id;

create table project_services as
select identities.project_id, l.* exclude (project_id)
from curated.project_services as l join identities on record_id = l.project_id;

create table lab_target_groups as from curated.lab_target_groups;

create table events as
select identities.project_id, e.* exclude (project_id)
from curated.events as e join identities on record_id = e.project_id;

create table outputs as
select identities.project_id, o.* exclude (project_id)
from curated.outputs as o join identities on record_id = o.project_id;

create table same_as as from curated.same_as;
create table sources as from curated.sources;
create table target_groups as from curated.target_groups;
create table services as from curated.services;
create table programmes as from curated.programmes;
create table measures as from curated.measures;
create table regions as from curated.regions;
create table denominators as from curated.denominators;
create table codes as from curated.codes;

-- One row per project and country it touches: seats of those who take part, and its places.
create table project_countries as
with leads as (
    select distinct p.project_id, o.country
    from participations as p join organisations as o using (organisation_id)
    where p.role in ('lead', 'beneficiary') and o.country is not null
),
touched as (
    select p.project_id, o.country
    from participations as p join organisations as o using (organisation_id)
    where o.country is not null
    union
    select project_id, country from places
),
-- Where no lead is named, a project's only country is its lead's.
alone as (
    select project_id, min(country) as country from touched
    where project_id not in (select project_id from leads)
    group by project_id having count(*) = 1
)
select touched.project_id, touched.country,
    (leads.country is not null or alone.country is not null) as is_lead
from touched
left join leads using (project_id, country)
left join alone using (project_id, country);

-- One row per project and region it touches, at every NUTS level, and per wellbeing county.
create table project_regions as
with recursive named as (
    select project_id, nuts3 as region from places where nuts3 is not null
    union
    select p.project_id, o.nuts3 from participations as p join organisations as o using (organisation_id)
    where o.nuts3 is not null and p.role not in ('funder', 'managing_authority')
),
wider as (
    select project_id, region from named
    union
    select wider.project_id, regions.parent from wider
    join regions on regions.region = wider.region where regions.parent is not null
)
select distinct project_id, region from wider;

create table project_counties as
select project_id, wellbeing_county from places where wellbeing_county is not null
union
select p.project_id, o.wellbeing_county
from participations as p join organisations as o using (organisation_id)
where o.wellbeing_county is not null and p.role not in ('funder', 'managing_authority');

-- One row per project, filter and value. A project without a value has the value 'unknown', so
-- that "not known" is an answer like any other. A narrower group counts for its wider group too.
create table filter_values as
with said as (
    select 'country' as parameter, project_id, country as value from project_countries
    union select 'lead_country', project_id, country from project_countries where is_lead
    union select 'collection', project_id, collection from projects
    union select 'programme', project_id, programme_id from projects
    union select 'fund', project_id, fund from projects
    union select 'programming_period', project_id, programming_period from projects
    union select 'target_group', project_id, target_group from project_target_groups
    union select 'target_group', project_id, parent from project_target_groups join target_groups using (target_group)
    union select 'service', project_id, service from project_services
    union select 'service', project_id, parent from project_services join services using (service)
    union select 'region', project_id, region from project_regions
    union select 'wellbeing_county', project_id, wellbeing_county from project_counties
    union select 'organisation', project_id, organisation_id from participations
    union select 'project', project_id, record_id from identities
),
known as (from said where value is not null),
silent as (
    select parameters.parameter, projects.project_id, 'unknown' as value
    from projects cross join (select distinct parameter from said) as parameters
    anti join known on known.parameter = parameters.parameter and known.project_id = projects.project_id
)
from known union all from silent
order by parameter, value, project_id;

-- One row per project: what every page needs of it. Amounts are euros of the displayed statement;
-- <measure>_precision is 'exact' or 'rounded'; an amount in another currency has no euros.
create table facts as
with money as (
    pivot (
        select project_id, measure, amount_eur, precision from amounts
        where is_displayed and state <> 'not_published' and amount_eur is not null
    )
    on measure in (
        'total_budget', 'eu_contribution', 'eu_and_state_granted', 'eu_and_state_realised',
        'public_funding_planned', 'public_funding_realised', 'grant'
    )
    using first(amount_eur) as eur, first(precision) as precision
    group by project_id
),
disagreeing as (
    select project_id from periods group by project_id
    having count(distinct (start_date, end_date)) > 1
),
searched as (
    select project_id, fold(string_agg(words, ' ')) as search_text from (
        select project_id, concat_ws(' ', acronym, name_en, name_fi, name_original, code, summary_en, summary_fi, record_id) as words from records
        union all
        select p.project_id, concat_ws(' ', o.name_en, o.name_fi, o.name_original, o.city)
        from participations as p join organisations as o using (organisation_id)
        union all select project_id, name from places
        union all select project_id, concat_ws(' ', name, name_fi, objective_en, objective_fi) from labs
        union all select project_id, concat_ws(' ', title, title_en, title_fi) from outputs
    ) group by project_id
)
select
    projects.project_id,
    coalesce(projects.name_en, projects.name_original, projects.name_fi, projects.project_id) as title_en,
    coalesce(projects.name_fi, projects.name_original, projects.name_en, projects.project_id) as title_fi,
    projects.acronym,
    projects.collection, projects.programme_id, projects.fund, projects.programming_period,
    projects.is_in_depth,
    shown.start_date, shown.end_date, shown.precision as period_precision,
    disagreeing.project_id is not null as has_period_conflict,
    money.total_budget_eur as total_budget, money.total_budget_precision,
    money.eu_contribution_eur as eu_contribution, money.eu_contribution_precision,
    money.eu_and_state_granted_eur as eu_and_state_granted, money.eu_and_state_granted_precision,
    money.eu_and_state_realised_eur as eu_and_state_realised, money.eu_and_state_realised_precision,
    money.public_funding_planned_eur as public_funding_planned, money.public_funding_planned_precision,
    money.public_funding_realised_eur as public_funding_realised, money.public_funding_realised_precision,
    money.grant_eur as "grant", money.grant_precision,
    searched.search_text
from projects
left join periods as shown on shown.project_id = projects.project_id and shown.is_displayed
left join money on money.project_id = projects.project_id
left join disagreeing on disagreeing.project_id = projects.project_id
left join searched on searched.project_id = projects.project_id
order by projects.project_id;
