import { m } from '#paraglide/messages.js';
import { localText, type Locale } from '#platform/locales.ts';
import { pairValue, type AgreementReport, type CodeAgreement, type Coder } from './agreement.ts';

/** A coder as a page names them. */
export const coderName = ({ name }: Coder): string => name ?? m.coding_imported();

/** A report on agreement as pages show it: names in the reader's language, the pairs beside each other. */
export function agreementShown({ codes, pairs, pair, ...report }: AgreementReport, locale: Locale) {
	const rowsOf = (all: readonly CodeAgreement[]) => all.map(({ code, kappa }) => ({ id: code.id, name: localText(code.name, locale).text, colour: code.colour, kappa }));
	return {
		report,
		rows: rowsOf(codes),
		/** Whose agreement the rows show; empty: of the first two in each interview. */
		chosen: pair ? pairValue(...pair) : '',
		between: pair ? { first: coderName(pair[0]), second: coderName(pair[1]) } : null,
		pairs: pairs.map(({ first, second, interviews, pooled, codes: of }) => ({ value: pairValue(first, second), name: `${coderName(first)} – ${coderName(second)}`, interviews, pooled, rows: rowsOf(of) }))
	};
}
export type AgreementShown = ReturnType<typeof agreementShown>;
