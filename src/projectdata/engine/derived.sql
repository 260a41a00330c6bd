-- What queries read, derived once from the tables of the package (schema `stated`: the curated CSVs
-- and what was imported). Each step has one grain, named above it. All run in one go, in order.
--
-- In here a project is known by its number, an integer, because joins over millions of words are
-- slow. `numbers` leads back to its name; the catalog does so at the border, so nobody outside sees
-- a number. The projects of social services come first: they lie together on the disk.
--
-- Given by engine/build.py, beside `stated`: the tables that imports fill in the schema `numbered`,
-- each row with the number of its project; `numbers`; `standing(record_id, stands_for)`, the
-- records that another stands for; `numbered.lens`, why an imported record is in the lens; `fold`,
-- small letters without accents.

-- One row per record of a project, and the project. A confirmed pair counts once.
create table identities as
select project_id as record_id, _number as project_id from numbered.projects;

-- Projects of which several records speak: of what was imported only they have several statements.
create temp table shared as
select _number as project_id from (
    select _number, is_curated, project_id from numbered.projects
    union select _number, is_curated, project_id from numbered.periods
    union select _number, is_curated, project_id from numbered.amounts
)
where _number in (select number from standing_numbers)
    or _number in (select number from curated_numbers)
group by _number having count(*) > 1;

-- The tables of the package, with the project a record stands for as `project_id` and, where they
-- hold statements, the record itself as `record_id`.
create table records as
select t._number as project_id, t.* exclude (_number, project_id, is_curated, _words), t.project_id as record_id,
    standing.record_id is null as is_own
from numbered.projects as t left join standing on standing.record_id = t.project_id;

create view projects as select * exclude (record_id, is_own) from records where is_own;

create table statements as
select identities.project_id, s.* exclude (project_id), identities.record_id
from stated.statements as s join identities on record_id = s.project_id;

create table conflicts as
select identities.project_id, c.* exclude (project_id)
from stated.conflicts as c join identities on record_id = c.project_id;

-- One displayed period a project: the record's own before that of the other register.
create table periods as
with ranked as (
    select period_id,
        row_number() over (
            partition by _number
            order by is_displayed desc, project_id in (select record_id from standing), not is_curated, period_id
        ) as place
    from numbered.periods where is_curated or _number in (from shared)
)
select t._number as project_id, t.* exclude (_number, project_id, is_curated)
    replace (t.is_displayed and coalesce(ranked.place, 1) = 1 as is_displayed),
    t.project_id as record_id
from numbered.periods as t left join ranked using (period_id);

-- One displayed amount a project and measure, likewise.
create table amounts as
with ranked as (
    select amount_id,
        row_number() over (
            partition by _number, measure
            order by is_displayed desc, project_id in (select record_id from standing), not is_curated, amount_id
        ) as place
    from numbered.amounts where is_curated or _number in (from shared)
)
select t._number as project_id, t.* exclude (_number, project_id, is_curated)
    replace (t.is_displayed and coalesce(ranked.place, 1) = 1 as is_displayed),
    t.project_id as record_id
from numbered.amounts as t left join ranked using (amount_id);

create table organisations as from stated.organisations;

create table participations as
select t._number as project_id, t.* exclude (_number, project_id, is_curated), t.project_id as record_id
from numbered.participations as t;

create table labs as
select l.* replace (identities.project_id as project_id)
from stated.labs as l join identities on record_id = l.project_id;

create table places as
select t._number as project_id, t.* exclude (_number, project_id, is_curated) from numbered.places as t;

create table project_target_groups as
select t._number as project_id, t.* exclude (_number, project_id, is_curated)
from numbered.project_target_groups as t;

create table project_services as
select t._number as project_id, t.* exclude (_number, project_id, is_curated)
from numbered.project_services as t;

-- One row per project and reason why it is shown among social services, where it was imported.
create table lens_reasons as
select distinct _number as project_id, basis, evidence from numbered.lens;

create table lab_target_groups as from stated.lab_target_groups;

create table events as
select identities.project_id, e.* exclude (project_id)
from stated.events as e join identities on record_id = e.project_id;

create table outputs as
select identities.project_id, o.* exclude (project_id)
from stated.outputs as o join identities on record_id = o.project_id;

-- One row per pair of records, with the projects they stand for.
create table same_as as
select one.project_id, other.project_id as other_project_id,
    s.* exclude (project_id, other_project_id),
    s.project_id as record_id, s.other_project_id as other_record_id
from stated.same_as as s
join identities as one on one.record_id = s.project_id
join identities as other on other.record_id = s.other_project_id;

create table sources as
select *, source_id not in (select source_id from curated.sources) as is_imported from stated.sources;
create table target_groups as from stated.target_groups;
create table services as from stated.services;
create table programmes as from stated.programmes;
create table measures as from stated.measures;
create table regions as from stated.regions;
create table denominators as from stated.denominators;
create table codes as from stated.codes;

-- One row per project and country it touches: seats of those who take part, and its places.
create table project_countries as
with seats as (
    select p.project_id, o.country, bool_or(p.role in ('lead', 'beneficiary')) as leads
    from participations as p join organisations as o using (organisation_id)
    where o.country is not null
    group by all
),
touched as (
    select project_id, country, bool_or(leads) as leads
    from (from seats union all select distinct project_id, country, false from places)
    group by all
),
-- Where no lead is named, a project's only country is its lead's.
alone as (
    select project_id from touched group by project_id having count(*) = 1 and not bool_or(leads)
)
select touched.project_id, touched.country,
    touched.leads or alone.project_id is not null as is_lead
from touched left join alone using (project_id)
order by touched.project_id, touched.country;

-- One row per project and region it touches, at every NUTS level, and per wellbeing county.
create table project_regions as
with recursive upward as (
    select region, region as wider from regions
    union
    select upward.region, regions.parent from upward
    join regions on regions.region = upward.wider where regions.parent is not null
),
named as (
    select distinct project_id, nuts3 as region from places where nuts3 is not null
    union
    select p.project_id, o.nuts3 from participations as p join organisations as o using (organisation_id)
    where o.nuts3 is not null and p.role not in ('funder', 'managing_authority')
)
select distinct named.project_id, coalesce(upward.wider, named.region) as region
from named left join upward using (region)
order by named.project_id, region;

create table project_counties as
select project_id, wellbeing_county from places where wellbeing_county is not null
union
select p.project_id, o.wellbeing_county
from participations as p join organisations as o using (organisation_id)
where o.wellbeing_county is not null and p.role not in ('funder', 'managing_authority');

-- One row per project, filter and value, for the filters in which a project may have several. That
-- nothing is known stands in `facts`. A narrower group counts for its wider group too.
create table filter_values (parameter varchar, value varchar, project_id integer);
insert into filter_values
select 'country', country, project_id from project_countries order by country, project_id;
insert into filter_values
select 'lead_country', country, project_id from project_countries where is_lead order by country, project_id;
insert into filter_values
select distinct 'target_group', target_group, project_id from (
    select target_group, project_id from project_target_groups
    union all
    select parent, project_id from project_target_groups join target_groups using (target_group) where parent is not null
) order by target_group, project_id;
insert into filter_values
select distinct 'service', service, project_id from (
    select service, project_id from project_services
    union all
    select parent, project_id from project_services join services using (service) where parent is not null
) order by service, project_id;
insert into filter_values
select 'region', region, project_id from project_regions order by region, project_id;
insert into filter_values
select 'wellbeing_county', wellbeing_county, project_id from project_counties order by wellbeing_county, project_id;
insert into filter_values
select distinct 'organisation', organisation_id, project_id from participations;

-- One row per project: what every page needs of it. Amounts are euros of the displayed statement;
-- <measure>_precision is 'exact' or 'rounded'; an amount in another currency has no euros.
-- has_<filter> says whether a filter of several values has one; country_count how many countries
-- the project touches. Joins are made as they are written: what stands on the left, the long texts
-- last of all, passes by in its order and is never kept in memory.
set disabled_optimizers = 'join_order,build_side_probe_side';
create table facts as
with money as not materialized (
    select project_id, measure, amount_eur as eur, precision
    from amounts where is_displayed and state <> 'not_published' and amount_eur is not null
),
total_budget as (from money where measure = 'total_budget'),
eu_contribution as (from money where measure = 'eu_contribution'),
eu_and_state_granted as (from money where measure = 'eu_and_state_granted'),
eu_and_state_realised as (from money where measure = 'eu_and_state_realised'),
public_funding_planned as (from money where measure = 'public_funding_planned'),
public_funding_realised as (from money where measure = 'public_funding_realised'),
granted as (from money where measure = 'grant'),
disagreeing as (
    select project_id from periods
    where project_id in (from shared)
        or record_id in (select project_id from curated.periods group by project_id having count(*) > 1)
    group by project_id having count(distinct (start_date, end_date)) > 1
),
curated_words as (
    select project_id, string_agg(fold(words), ' ' order by words) as words from (
        select records.project_id, concat_ws(' ', acronym, name_en, name_fi, name_original, code, summary_en, summary_fi, records.record_id) as words
        from records where record_id in (select project_id from curated.projects)
        union all
        select p.project_id, concat_ws(' ', o.name_en, o.name_fi, o.name_original, o.city)
        from participations as p join organisations as o using (organisation_id)
        where p.record_id in (select project_id from curated.projects)
        union all
        select i.project_id, p.name from curated.places as p join identities as i on i.record_id = p.project_id
        union all select project_id, concat_ws(' ', name, name_fi, objective_en, objective_fi) from labs
        union all select project_id, concat_ws(' ', title, title_en, title_fi) from outputs
    ) group by project_id
),
-- What the records say that another stands for.
other_words as (
    select _number as project_id, string_agg(_words, ' ') as words from numbered.projects
    where project_id in (select record_id from standing) group by _number
),
known as (
    select project_id,
        count(*) filter (parameter = 'country') as countries,
        count(*) filter (parameter = 'lead_country') > 0 as has_lead_country,
        count(*) filter (parameter = 'target_group') > 0 as has_target_group,
        count(*) filter (parameter = 'service') > 0 as has_service,
        count(*) filter (parameter = 'region') > 0 as has_region,
        count(*) filter (parameter = 'wellbeing_county') > 0 as has_wellbeing_county,
        count(*) filter (parameter = 'organisation') > 0 as has_organisation
    from filter_values group by project_id
),
-- All but the long texts, which are added last: they are too wide to be kept for a join.
told as (
    select
        numbers.project_id,
        if(numbers.is_social or numbers.project_id in (select project_id from lens_reasons), 'social', 'other') as relevance,
        shown.start_date, shown.end_date, shown.precision as period_precision,
        disagreeing.project_id is not null as has_period_conflict,
        coalesce(known.countries, 0) > 0 as has_country,
        coalesce(known.countries, 0)::integer as country_count,
        coalesce(known.has_lead_country, false) as has_lead_country,
        coalesce(known.has_target_group, false) as has_target_group,
        coalesce(known.has_service, false) as has_service,
        coalesce(known.has_region, false) as has_region,
        coalesce(known.has_wellbeing_county, false) as has_wellbeing_county,
        coalesce(known.has_organisation, false) as has_organisation,
        total_budget.eur as total_budget, total_budget.precision as total_budget_precision,
        eu_contribution.eur as eu_contribution, eu_contribution.precision as eu_contribution_precision,
        eu_and_state_granted.eur as eu_and_state_granted, eu_and_state_granted.precision as eu_and_state_granted_precision,
        eu_and_state_realised.eur as eu_and_state_realised, eu_and_state_realised.precision as eu_and_state_realised_precision,
        public_funding_planned.eur as public_funding_planned, public_funding_planned.precision as public_funding_planned_precision,
        public_funding_realised.eur as public_funding_realised, public_funding_realised.precision as public_funding_realised_precision,
        granted.eur as "grant", granted.precision as grant_precision
    from numbers
    left join periods as shown on shown.project_id = numbers.project_id and shown.is_displayed
    left join total_budget on total_budget.project_id = numbers.project_id
    left join eu_contribution on eu_contribution.project_id = numbers.project_id
    left join eu_and_state_granted on eu_and_state_granted.project_id = numbers.project_id
    left join eu_and_state_realised on eu_and_state_realised.project_id = numbers.project_id
    left join public_funding_planned on public_funding_planned.project_id = numbers.project_id
    left join public_funding_realised on public_funding_realised.project_id = numbers.project_id
    left join granted on granted.project_id = numbers.project_id
    left join disagreeing on disagreeing.project_id = numbers.project_id
    left join known on known.project_id = numbers.project_id
)
select
    projects.project_id,
    coalesce(projects.name_en, projects.name_original, projects.name_fi, projects.record_id) as title_en,
    coalesce(projects.name_fi, projects.name_original, projects.name_en, projects.record_id) as title_fi,
    projects.acronym,
    projects.collection, projects.programme_id, projects.fund, projects.programming_period,
    told.relevance,
    projects.is_in_depth,
    told.* exclude (project_id, relevance),
    concat_ws(' ', curated_words.words, projects._words, other_words.words) as search_text
from (
    select _number as project_id, t.project_id as record_id, t.* exclude (_number, project_id, is_curated)
    from numbered.projects as t where t.project_id not in (select record_id from standing)
) as projects
join told on told.project_id = projects.project_id
left join curated_words on curated_words.project_id = projects.project_id
left join other_words on other_words.project_id = projects.project_id;
reset disabled_optimizers;

-- One row per filter, value and relevance: projects. What a reader sees before he has chosen
-- anything is counted once, here.
create table filter_totals as
select parameter, value, relevance, count(*) as projects
from filter_values join facts using (project_id) where parameter <> 'organisation'
group by all
union all
select 'country', 'unknown', relevance, count(*) from facts where not has_country group by all
union all
select 'lead_country', 'unknown', relevance, count(*) from facts where not has_lead_country group by all
union all
select 'target_group', 'unknown', relevance, count(*) from facts where not has_target_group group by all
union all
select 'service', 'unknown', relevance, count(*) from facts where not has_service group by all
union all
select 'region', 'unknown', relevance, count(*) from facts where not has_region group by all
union all
select 'wellbeing_county', 'unknown', relevance, count(*) from facts where not has_wellbeing_county group by all
union all
select 'collection', collection, relevance, count(*) from facts group by all
union all
select 'programme', coalesce(programme_id, 'unknown'), relevance, count(*) from facts group by all
union all
select 'fund', coalesce(fund, 'unknown'), relevance, count(*) from facts group by all
union all
select 'programming_period', coalesce(programming_period, 'unknown'), relevance, count(*) from facts group by all
union all
select 'relevance', relevance, relevance, count(*) from facts group by all;

-- One row per relevance, edge of a displayed period (`start`, `end`, or `none` where there is no
-- period), whether the project has both edges, and day: projects. From these few rows follows how
-- many are planned, running and ended on any day, because no displayed period ends before it starts.
create table period_edges as
select relevance, 'start' as edge, end_date is not null as is_whole, start_date as day, count(*) as projects
from facts where start_date is not null group by all
union all
select relevance, 'end', start_date is not null, end_date, count(*)
from facts where end_date is not null group by all
union all
select relevance, 'none', false, null, count(*)
from facts where start_date is null and end_date is null group by all;
