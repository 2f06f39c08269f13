import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { codeOf } from '#platform/codes.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { acting, reading } from '#platform/request.server.ts';
import * as verbs from '#modules/gaps/permits.ts';
import { endWatch, watchGap } from '#modules/gaps/watch/commands.server.ts';
import { cellsToWatch, readWatches } from '#modules/gaps/watch/queries.server.ts';
import { cellChoice, numberOf, watchFields } from '#modules/gaps/watch/watch.ts';
import { readHead } from '../../head.server.ts';
import { figureNumber, ruleText } from '../../words.ts';

export const load: PageServerLoad = (event) =>
	reading(event, async (tx) => {
		const { programme, gap } = event.params;
		const { locale } = event.locals;
		await permit(tx, verbs.watchGap, gap);
		const { head } = await readHead(tx, programme, gap, locale);
		const ending = event.url.searchParams.get('end');
		const rule = ending === null ? undefined : (await readWatches(tx, programme, gap)).find((each) => each.id === ending);
		const cells = await cellsToWatch(tx, gap);
		return {
			head,
			ending: rule ? { id: rule.id, what: `${localText(rule.figure.title, locale).text} · ${ruleText(rule, locale)}` } : null,
			cells: cells.map(({ figure, row, series, cell }) => {
				const number = numberOf(cell, figure.measure);
				return {
					value: cellChoice(figure.id, row.key, series.key),
					label: [`${codeOf('figure', figure.number)} ${localText(figure.title, locale).text}`, localText(row.label, locale).text, localText(series.label, locale).text].filter(Boolean).join(' · '),
					hint: number === null ? undefined : figureNumber(number.value, figure.measure, locale)
				};
			})
		};
	});

export const actions: Actions = {
	state: (event) => {
		const { programme, gap } = event.params;
		return acting(event, watchFields, async (tx, fields) => {
			await watchGap(tx, await permit(tx, verbs.watchGap, gap), fields);
			return `/p/${programme}/gaps/${gap}`;
		});
	},
	end: (event) => {
		const { programme, gap } = event.params;
		return acting(event, z.object({ rule: z.uuid() }), async (tx, { rule }) => {
			await endWatch(tx, await permit(tx, verbs.endWatch, gap), rule);
			return `/p/${programme}/gaps/${gap}`;
		});
	}
};
