-- Questionnaires on paper: what a batch is for, how many forms it has, and which fields its forms print, in order: a
-- counter's own order changes with its figures, a printed box does not.
create table paper_batch (
    tenant text not null,
    batch bigint not null check (batch > 0),
    survey_id bytea not null,
    unit_id bytea not null,
    variant text not null,
    language text not null,
    fields text not null,
    forms bigint not null check (forms between 1 and 500),
    drawn_on bigint not null,
    voided_on bigint,
    primary key (tenant, batch),
    foreign key (tenant, survey_id) references survey (tenant, survey_id),
    foreign key (tenant, unit_id) references unit (tenant, unit_id)
);

-- Forms that were typed: once (1), twice and differently (2), done (3). The key is the promise that a form is entered
-- once. While a form waits, what was typed is sealed, and who typed it too; when it is done, both are gone.
create table paper_form (
    tenant text not null,
    batch bigint not null,
    form bigint not null check (form between 1 and 500),
    stage bigint not null check (stage between 1 and 3),
    record bytea check (length(record) = 8303),
    check ((stage = 3) = (record is null)),
    primary key (tenant, batch, form),
    foreign key (tenant, batch) references paper_batch (tenant, batch)
);
