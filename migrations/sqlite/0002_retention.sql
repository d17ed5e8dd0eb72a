-- Months whose responses went with the retention. Each row seals what was counted in a month by the releases after
-- one and through another: how many responses there were, their hash, the hash of the cells that they are in, and the
-- hash of the row before, so that the figures can be proved when the responses cannot be recounted any more.
create table sealed_month (
    tenant text not null references tenant (tenant),
    seq integer not null check (seq > 0),
    month integer not null,
    after_release integer not null,
    through_release integer not null check (through_release > after_release),
    responses integer not null,
    response_hash text not null,
    cell_hash text not null,
    hash text not null,
    emptied_on integer,
    primary key (tenant, seq),
    unique (tenant, month, through_release)
) strict;
