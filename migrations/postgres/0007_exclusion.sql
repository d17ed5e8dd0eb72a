-- Decisions to leave a published part out of a figure, or to take it back in: each a release of its own, never
-- edited. The foreign key is the promise that only whole published parts are meant, and those are of k people at least.
create table exclusion (
    tenant text not null,
    release bigint not null,
    verb text not null check (verb in ('exclude', 'return')),
    survey_id bytea not null,
    unit_id bytea not null,
    variant text not null,
    route text not null,
    mode text not null,
    trust text not null,
    dimension text not null check (dimension = 'flag-class'),
    band text not null,
    month_from bigint not null,
    month_to bigint not null,
    part_release bigint not null check (part_release < release),
    reason text not null check (length(reason) > 0),
    who text not null,
    decided_at bigint not null,
    primary key (tenant, release, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
        part_release),
    foreign key (tenant, release) references release (tenant, release),
    foreign key (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
        part_release) references tally (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band,
        month_from, month_to, release)
);
