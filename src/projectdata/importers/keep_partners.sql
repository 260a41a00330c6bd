-- keep.eu: the rows of all partners sheets, in `keep_partner_rows`, to the projects that
-- `keep_projects` has.

-- One row per partner: its project by programme and number, else by programme and acronym.
create table keep_partners as
with by_id as (
    select r.no, p.op from keep_partner_rows as r
    join keep_projects as p on p.programme_key = r.programme_key and p.id_key = r.id_key
),
-- A number that another project has is never read over.
by_acronym as (
    select r.no, min(p.op) as op, count(*) as projects
    from keep_partner_rows as r
    join keep_projects as p on p.programme_key = r.programme_key and p.acronym_key = r.acronym_key
    where r.no not in (select no from by_id) and (r.id_key is null or p.id_key is null)
    group by r.no
)
select r.*, coalesce(i.op, a.op) as op,
    case
        when programme is null then 'the partner has no programme'
        when id_key is null and acronym_key is null then 'the partner has neither project ID nor acronym'
        when name_en is null and other_names[1] is null then 'the partner has no name'
        when i.op is null and a.op is null then
            'no project that was taken has ' || concat_ws(' and ',
                if(id_key is null, null, 'the ID “' || left(project_id, 40) || '”'),
                if(acronym_key is null, null, 'the acronym “' || left(acronym, 60) || '”'))
            || ' in the programme “' || left(programme, 120) || '”'
        when i.op is null and a.projects > 1 then
            a.projects || ' projects of the programme have the acronym “' || left(acronym, 60) || '”, and the partner no project ID'
    end as reason
from keep_partner_rows as r left join by_id as i using (no) left join by_acronym as a using (no);

insert into refused select file, _row, reason from keep_partners where reason is not null;

-- One row per partner that was taken, with what its organisation is known by: the Commission's
-- participant number, else the number that the partner gave, else name and country.
create table keep_seats as
with parted as (
    select *,
        case when regexp_full_match(pic, '\d{9}') and not regexp_matches(pic, '^(0{9}|1{9}|8{9}|9{9})$') then pic end as pic_number,
        list_filter(string_split(own_id, '|'), lambda part: said(part) is not null
            and regexp_matches(part, '\d.*\d.*\d.*\d') and not regexp_matches(part, '^[\D0]*$'))[1] as own_part
    from keep_partners where reason is null
),
numbered as (
    select *, if(pic_number is null, bare(own_part), null) as own_number, coalesce(name_en, other_names[1]) as name
    from parted
)
select *,
    case
        when pic_number is not null then 'keep-pic-' || pic_number
        when own_number is not null then concat_ws('-', 'keep-id', lower(country), nullif(slug(own_number), ''),
            if(country is not null and regexp_full_match(own_number, '[A-Za-z0-9]{4,30}'), null, left(md5(lower(own_number)), 8)))
        else 'keep-by-name-' || left(md5(fold(name) || coalesce(country, '')), 16)
    end as organisation_id,
    case
        when type = 'local public authority' then 'municipality'
        when type = 'regional public authority' then 'regional-authority'
        when type = 'national public authority' then 'national-authority'
        when type = 'education/training centre and school' then 'education'
        when type = 'interest groups including ngos' then 'ngo'
        when type in ('sme', 'enterprise, except sme') then 'company'
        when type like 'hospital%' then 'welfare-body'
        when type in ('business support organisation', 'sectoral agency', 'other') then 'other'
        -- keep.eu has one type for both; only a name that says which is believed.
        when type = 'higher education and research organisations' then case
            when regexp_matches(fold(name), 'universi|hochschule|hogskol|hogeschool|hojskole|yliopisto|ammattikorkeakoul|polytech|politec|politech|ulikool|sveuciliste|egyetem') then 'university'
            when regexp_matches(fold(name), 'institut|research|forsch|forskning|tutkimus|recherche|ricerca|investiga|badawcz|vyzkum') then 'research'
        end
    end as organisation_type,
    coalesce(pic_number, own_number) as business_id
from numbered;

insert into seats_read by name
with placed as (
    select *, latitude between -90 and 90 and longitude between -180 and 180
        and not (latitude = 0 and longitude = 0) as is_placed
    from keep_seats
)
select op, organisation_id, if(bool_or(is_lead), 'lead', 'partner') as "role",
    arg_min(name_en, no) as name_en, arg_min(if(name_en is null, other_names[1], nullif(other_names[1], name_en)), no) as name_original,
    arg_min(organisation_type, no) as organisation_type, arg_min(country, no) as country, arg_min(town, no) as city,
    arg_min(regions[3], no) as nuts3,
    arg_min(latitude, no) filter (is_placed) as latitude, arg_min(longitude, no) filter (is_placed) as longitude,
    arg_min(as_web(website), no) as url, arg_min(business_id, no) as business_id
from placed
group by op, organisation_id;

insert into regions_read
select distinct code, 'nuts' || level, nuts_country(code, null), coalesce(label, code)
from (
    select unnest(regions) as code, unnest(labels) as label, unnest([1, 2, 3]) as level
    from keep_partners where reason is null
)
where code is not null;
