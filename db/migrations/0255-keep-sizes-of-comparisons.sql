-- A comparison of two rounds says how many people each round is about.
alter table releases.release_figure add column n_earlier integer check (n_earlier >= 0);
comment on column releases.release_figure.n_earlier is 'Of a comparison of two rounds: how many of n the earlier round is about; null when that was held back, and for figures of one round.';
