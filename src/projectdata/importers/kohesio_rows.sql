-- One row per row of a Kohesio file, from the view `cells` with one column per known name (empty
-- where the file has none): its values cleaned, and why it is not taken. Texts are stored once,
-- here: `operations` is a view of these rows.
with said_once as (
    select
        _row,
        try_cast(regexp_extract(said(operation_unique_identifier), '(?:^|/entity/)Q(\d+)\s*$', 1) as bigint) as item,
        said(operation_unique_identifier) as identifier,
        said(split_part(operation_start_date, '|', 1)) as start_said,
        said(split_part(operation_end_date, '|', 1)) as end_said,
        said(split_part(total_eligible_expenditure_amount, '|', 1)) as total_said,
        said(split_part(project_eu_budget, '|', 1)) as eu_said,
        coalesce(said(countrycode), said(country)) as countries_said,
        replace(replace(said(programming_period), ' ', ''), '–', '-') as period_said,
        said(programme_code) as programme_code,
        words(programme_name) as programme_name,
        upper(said(fund_code)) as fund_code,
        coalesce(upper(said(total_eligible_expenditure_currency)), 'EUR') as currency,
        words(operation_name_english) as name_english,
        words(operation_name_programme_language) as name_programme_language,
        words(operation_summary_english) as summary_english,
        if(contains(cells.country, 'Finland') or said(countrycode) = 'FI', words(operation_summary_programme_language), null) as summary_finnish,
        said(operation_local_identifier) as local_identifier,
        regexp_extract(said(beneficiary_unique_identifier), 'Q\d+', 0) as beneficiary,
        words(beneficiary_name) as beneficiary_name,
        said(beneficiary_local_identifier) as beneficiary_local_identifier,
        said(category_of_intervention) as categories,
        upper(said(specific_objective_id)) as specific_objectives,
        said(coalesce(location_indicator_latitude_longitude, coordinates)) as spots,
        words(lau_labels) as lau_names,
        said(nuts1_code) as nuts1_codes, said(nuts2_code) as nuts2_codes, said(nuts3_code) as nuts3_codes,
        words(nuts1_label) as nuts1_labels, words(nuts2_label) as nuts2_labels,
        words(coalesce(nuts3_label, region3, region)) as nuts3_labels
    from cells
),
typed as (
    select *,
        as_day(start_said) as start_date, as_day(end_said) as end_date,
        as_amount(total_said) as total, as_amount(eu_said) as eu,
        case
            when period_said is not null then period_said
            when programme_code like '2014%' then '2014-2020'
            when programme_code like '2021%' then '2021-2027'
            else $period
        end as period_read
    from said_once
)
select
    * exclude (identifier, start_said, end_said, total_said, eu_said, period_said, period_read),
    if(period_read in ('2000-2006', '2007-2013', '2014-2020', '2021-2027'), period_read, null) as programming_period,
    case
        when identifier is null then 'the operation has no identifier'
        when lower(identifier) in ('operation_unique_identifier', 'id') then 'the header stands here again'
        when item is null then 'the identifier is “' || left(identifier, 80) || '”; a Kohesio item is Q and a number'
        when start_said is not null and start_date is null then 'the start date is “' || left(start_said, 40) || '”, which is no day (day/month/year)'
        when end_said is not null and end_date is null then 'the end date is “' || left(end_said, 40) || '”, which is no day (day/month/year)'
        when total_said is not null and total is null then 'the total eligible expenditure is “' || left(total_said, 40) || '”, which is no amount'
        when eu_said is not null and eu is null then 'the EU contribution is “' || left(eu_said, 40) || '”, which is no amount'
        when total < 0 then 'the total eligible expenditure is below zero: ' || left(total_said, 40)
        when eu < 0 then 'the EU contribution is below zero: ' || left(eu_said, 40)
    end as reason
from typed
