-- How many answers somebody has helped with: sealed, and rounded down to tens for whoever may see it. Nothing here joins
-- a helper to an answer.
create table helper_count (
    tenant text not null,
    account_id blob not null,
    record blob not null check (length(record) = 61),
    primary key (tenant, account_id),
    foreign key (tenant, account_id) references account (tenant, account_id)
) strict;

-- Lists of people to call, as serial numbers: telephone numbers stay in the case system.
create table call_list (
    tenant text not null references tenant (tenant),
    list integer not null check (list > 0),
    survey_id blob not null,
    unit_id blob not null,
    tasks integer not null check (tasks between 1 and 2000),
    drawn_on integer not null,
    voided_on integer,
    primary key (tenant, list),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
) strict;

-- What came of each call so far: the last outcome and how often somebody rang. No time, no caller, no answer.
create table call_task (
    tenant text not null,
    list integer not null,
    task integer not null check (task between 1 and 2000),
    outcome text not null,
    attempts integer not null check (attempts > 0),
    primary key (tenant, list, task),
    foreign key (tenant, list) references call_list (tenant, list)
) strict, without rowid;
