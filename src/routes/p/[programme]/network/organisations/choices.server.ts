import { organisationNames } from '#modules/network/organisations.queries.server.ts';
import { placeOptions } from '#modules/network/queries.server.ts';
import type { Tx } from '#platform/database.server.ts';
import type { LocalText } from '#platform/locales.ts';

/** What the form of an organisation offers to choose from. Places are offered down to districts, and those served already. */
export async function organisationChoices(tx: Tx, programmeId: string, served: readonly { id: string; name: LocalText }[] = [], except?: string) {
	const offered = await placeOptions(tx, programmeId);
	const further = served.filter(({ id }) => !offered.some((place) => place.id === id)).map((place) => ({ ...place, depth: 4 }));
	return {
		places: [...offered, ...further],
		successors: (await organisationNames(tx, programmeId)).filter(({ id }) => id !== except)
	};
}
