-- The day, and no more: whether an account is still used, not when its owner works.
alter table account add column signed_in_on integer;

-- One-time links: an invitation to a new account, or (with account_id) a new password for one that exists. A row is
-- gone once it was used, revoked or replaced; its history stands in the audit log.
create table invitation (
    tenant text not null references tenant (tenant),
    name text not null,
    token_hash blob not null check (length(token_hash) = 32),
    role text not null,
    unit_id blob,
    account_id blob,
    issued_by text not null,
    issued_at integer not null,
    expires_at integer not null check (expires_at > issued_at),
    primary key (tenant, name),
    unique (tenant, token_hash),
    foreign key (tenant, unit_id) references unit (tenant, unit_id),
    foreign key (tenant, account_id) references account (tenant, account_id)
) strict;

create index session_account on session (tenant, account_id);
create index audit_who on audit (tenant, who, seq);
create index audit_what on audit (tenant, what, seq);
