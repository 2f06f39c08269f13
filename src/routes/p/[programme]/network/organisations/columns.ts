/** Columns of the list of organisations, as they stand in the address. */
export const organisationColumns = [
	{ key: 'name', sortable: true, always: true },
	{ key: 'type', sortable: true },
	{ key: 'places' },
	{ key: 'contact' },
	{ key: 'from', sortable: true, hidden: true },
	{ key: 'to', sortable: true },
	{ key: 'languages', hidden: true },
	{ key: 'successor', hidden: true }
] as const;

/** The filters of the list, from the address. */
export const organisationFilter = (url: URL) => ({
	type: url.searchParams.get('type') ?? '',
	placeId: url.searchParams.get('place') ?? '',
	validToday: url.searchParams.get('valid') === 'today'
});
