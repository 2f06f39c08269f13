-- The file of an export that a job prepared lies sealed on disk. Its key stands here and goes with the file's time, so that copies of
-- the folder (a backup, a disk that was thrown away) cannot be read afterwards.
update assessment.answer_export set file_name = null, bytes = null, kept_until = null where file_name is not null;
alter table assessment.answer_export add column file_key bytea check (file_key is null or length(file_key) = 32),
	add constraint answer_export_sealed check ((file_name is null) = (file_key is null));
comment on column assessment.answer_export.file_key is 'For one prepared by a job: opens its file. Removed with it.';
