//! Which tables a backup holds, in an order in which they can be put back: what is referred to comes first.

use super::{Column, Kind, Table};

/// `name (column Kind, …) by (columns of the key);`
macro_rules! tables {
    ($($name:ident ($($column:ident $kind:ident),+) by ($($key:ident),+);)+) => {
        &[$(Table {
            name: stringify!($name),
            columns: &[$(Column { name: stringify!($column), kind: Kind::$kind }),+],
            key: &[$(stringify!($key)),+],
        }),+]
    };
}

/// Every table but those of [`LEFT_OUT`].
pub const TABLES: &[Table] = tables! {
    setting (tenant Text, name Text, value Text) by (tenant, name);
    tenant (tenant Text, unit_id Bytes, created_at Int) by (tenant);
    unit (tenant Text, unit_id Bytes, code Text, kind Text, parent_id Bytes, name Text, name_en Text, name_km
        Text, address Text, phone Text, valid_from Int, valid_to Int, ordinal Int) by (tenant, unit_id);
    field (tenant Text, code Text, level Text, name Text, name_en Text, name_km Text, deciding_id Bytes,
        ordinal Int) by (tenant, code, level);
    procedure (tenant Text, code Text, field Text, level Text, name Text, name_en Text, name_km Text,
        national_code Text, ordinal Int) by (tenant, code);
    instrument (tenant Text, code Text, version Int, document Text, hash Text, published_at Int) by (tenant,
        code, version);
    recording (tenant Text, instrument Text, version Int, language Text, code Text, kind Text, synthetic Int,
        hash Text, sound Bytes, who Text, sent_at Int) by (tenant, instrument, version, language, code);
    language_review (tenant Text, instrument Text, version Int, language Text, reader Text, who Text,
        reviewed_at Int) by (tenant, instrument, version, language);
    survey (tenant Text, survey_id Bytes, code Text, name Text, instrument Text, instrument_version Int,
        variant Text, month_from Int, month_to Int, k Int, definition Text, closed_at Int, ended_at Int,
        opened_at Int) by (tenant, survey_id);
    survey_unit (tenant Text, survey_id Bytes, unit_id Bytes) by (tenant, survey_id, unit_id);
    touchpoint (tenant Text, touchpoint_id Bytes, token Text, unit_id Bytes, mode Text, variant Text, version
        Int, created_on Int, revoked_at Int) by (tenant, touchpoint_id);
    touchpoint_check (tenant Text, touchpoint_id Bytes, month Int, state Text, who Text, checked_at Int) by
        (tenant, touchpoint_id, month);
    succession (tenant Text, old_id Bytes, new_id Bytes, share Text, is_main Int, effective_on Int) by
        (tenant, old_id, new_id);
    release (tenant Text, release Int, kind Text, scheduled_on Int, counted_in Int, published_at Int, hash
        Text, restored_at Int) by (tenant, release);
    response (tenant Text, survey_id Bytes, month Int, response_id Bytes, variant Text, route Text, unit_id
        Bytes, mode Text, trust Text, release Int, answers Bytes) by (tenant, survey_id, month, response_id);
    tally (tenant Text, survey_id Bytes, unit_id Bytes, variant Text, route Text, mode Text, trust Text,
        dimension Text, band Text, month_from Int, month_to Int, release Int, n Int, k Int, record Bytes) by
        (tenant, survey_id, unit_id, variant, route, mode, trust, dimension, band, month_from, month_to,
        release);
    total (tenant Text, survey_id Bytes, period Int, unit_id Bytes, variant Text, route Text, mode Text, trust
        Text, release Int, n Int, record Bytes) by (tenant, survey_id, period, unit_id, variant, route, mode,
        trust, release);
    exclusion (tenant Text, release Int, verb Text, survey_id Bytes, unit_id Bytes, variant Text, route Text,
        mode Text, trust Text, dimension Text, band Text, month_from Int, month_to Int, part_release Int,
        reason Text, who Text, decided_at Int) by (tenant, release, survey_id, unit_id, variant, route, mode,
        trust, dimension, band, month_from, month_to, part_release);
    sealed_month (tenant Text, seq Int, month Int, after_release Int, through_release Int, responses Int,
        response_hash Text, cell_hash Text, hash Text, emptied_on Int) by (tenant, seq);
    box_entry (tenant Text, survey_id Bytes, unit_id Bytes, variant Text, route Text, mode Text, trust Text,
        family Text, entry_id Bytes, release Int, record Bytes) by (tenant, survey_id, unit_id, variant,
        route, mode, trust, family, entry_id);
    comment (tenant Text, survey_id Bytes, comment_id Bytes, unit_id Bytes, month Int, mood Int, release Int,
        record Bytes, hidden_at Int, hidden_by Text, hidden_why Text) by (tenant, survey_id, comment_id);
    inbox (tenant Text, survey_id Bytes, inbox_id Bytes, record Bytes) by (tenant, survey_id, inbox_id);
    inbox_text (tenant Text, survey_id Bytes, text_id Bytes, record Bytes) by (tenant, survey_id, text_id);
    nonce_seen (tenant Text, survey_id Bytes, nonce Bytes) by (tenant, survey_id, nonce);
    waiting (tenant Text, survey_id Bytes, unit_id Bytes, tens Int, counted_on Int) by (tenant, survey_id,
        unit_id);
    import_file (tenant Text, import_id Bytes, survey_id Bytes, name Text, hash Text, rows Int, withheld Int,
        imported_at Int) by (tenant, import_id);
    code (tenant Text, code_hash Bytes, record Bytes, expires_in Int) by (tenant, code_hash);
    code_spent (tenant Text, spent_hash Bytes, expires_in Int) by (tenant, spent_hash);
    code_batch (tenant Text, batch Int, deciding_id Bytes, receiving_id Bytes, field Text, channel Text, mode
        Text, issuer Text, issued Int, drawn_on Int, voided_on Int) by (tenant, batch);
    code_count (tenant Text, unit_id Bytes, issued Int, used Int, expired Int, counted_on Int) by (tenant,
        unit_id);
    api_key (tenant Text, name Text, key_hash Bytes, unit_id Bytes, verbs Text, made_by Text, made_on Int,
        expires_on Int, used_on Int, revoked_on Int) by (tenant, name);
    device (tenant Text, device_id Bytes, name Text, touchpoint_id Bytes, state Text, thanks Int, idle Int,
        repeat_within Int, follow_up Int, layout Text, secret_hash Bytes, secret_until Int, public_key Bytes,
        made_on Int, paired_on Int, revoked_on Int, seen_hour Int, waiting Int, dropped Int, version Text,
        session Bytes, session_before Bytes, twins_on Int) by (tenant, device_id);
    quarantine (tenant Text, survey_id Bytes, nonce Bytes, record Bytes) by (tenant, survey_id, nonce);
    paper_batch (tenant Text, batch Int, survey_id Bytes, unit_id Bytes, variant Text, language Text, fields
        Text, forms Int, drawn_on Int, voided_on Int) by (tenant, batch);
    paper_form (tenant Text, batch Int, form Int, stage Int, record Bytes) by (tenant, batch, form);
    touchpoint_week (tenant Text, touchpoint_id Bytes, week Int, tens Int) by (tenant, touchpoint_id, week);
    touchpoint_count (tenant Text, record Bytes) by (tenant);
    account (tenant Text, account_id Bytes, name Text, password Text, role Text, unit_id Bytes, created_at
        Int, disabled_at Int, signed_in_on Int) by (tenant, account_id);
    helper_count (tenant Text, account_id Bytes, record Bytes) by (tenant, account_id);
    call_list (tenant Text, list Int, survey_id Bytes, unit_id Bytes, tasks Int, drawn_on Int, voided_on Int) by
        (tenant, list);
    call_task (tenant Text, list Int, task Int, outcome Text, attempts Int) by (tenant, list, task);
    audit (tenant Text, seq Int, at Int, who Text, what Text, outcome Text, detail Text, hash Text) by
        (tenant, seq);
    volume_batch (tenant Text, batch Int, who Text, source Text, rows Int, begun_at Int, published_at Int) by
        (tenant, batch);
    volume (tenant Text, unit_id Bytes, month Int, field Text, receiving_id Bytes, batch Int, closed Int,
        on_time Int, late Int, online Int, refused Int) by (tenant, unit_id, month, field, receiving_id,
        batch);
};

/// What would only do harm after a restore, or mean nothing: leases of processes that are gone; sessions and links
/// that may have been revoked since; files that somebody was only looking at.
pub const LEFT_OUT: &[&str] = &["fold_lease", "invitation", "session", "volume_upload"];

/// The table of a name.
#[must_use]
pub fn table(name: &str) -> Option<&'static Table> {
    TABLES.iter().find(|table| table.name == name)
}
