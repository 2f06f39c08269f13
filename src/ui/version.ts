const nameless = (search: string): string => {
	const query = new URLSearchParams(search);
	query.delete('version');
	return query.toString();
};

/**
 * The action of a form that says which version of its record it was filled from.
 * @param action such as `?/edit`; undefined for the page's own
 * @param version of the record as the page shows it now
 * @param refused where the form was sent that this page answers with a refusal: sent to this very action, it keeps the version that it said
 */
export function actionFrom(action: string | undefined, version: string, refused: { readonly search: string } | undefined): string {
	const own = action ?? '?';
	const sent = refused && nameless(refused.search) === nameless(own) ? new URLSearchParams(refused.search).get('version') : null;
	return `${own}${own === '?' ? '' : '&'}version=${encodeURIComponent(sent ?? version)}`;
}
