-- Pages of breakdowns read the parts of one dimension; increments of `all` are many more.
create index tally_part on tally (tenant, survey_id, dimension, unit_id) where dimension <> 'all';
