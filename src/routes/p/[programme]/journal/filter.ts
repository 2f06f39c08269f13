/** Columns of the journal's list and its filters, as they stand in the address. */
export const journalColumns = [{ key: 'when', always: true }, { key: 'who' }, { key: 'verb' }, { key: 'record' }] as const;

export const journalFilter = (url: URL) => ({
	verb: url.searchParams.get('verb') ?? '',
	person: url.searchParams.get('who') ?? '',
	subject: url.searchParams.get('record') ?? ''
});
