import { fail, type RequestEvent } from '@sveltejs/kit';
import { linkSheet } from '#modules/assessment/collect-settings.server.ts';
import { makeToken as verb } from '#modules/assessment/permits.ts';
import { makeToken } from '#modules/assessment/round-commands.server.ts';
import { getRound } from '#modules/assessment/round-queries.server.ts';
import { tokenFields } from '#modules/assessment/round.ts';
import { localText } from '#platform/locales.ts';
import { permit } from '#platform/permit.server.ts';
import { formErrors, problemErrors } from '#platform/problem-text.ts';
import { asking, formObject, sentForm } from '#platform/request.server.ts';
import { asProblem } from '#platform/thrown-problem.ts';

/** Makes a link. Not `acting`: the secret is shown in the answer to this very request and nowhere else, so there is no page to go to. */
export async function makingLink(event: RequestEvent, programme: string, round: string) {
	const { locale } = event.locals;
	const data = await sentForm(event);
	const values: Record<string, string> = {};
	for (const [name, value] of data) if (typeof value === 'string' && name !== 'id') values[name] = value;
	const asked = formObject(data);
	const parsed = tokenFields.safeParse(asked);
	if (!parsed.success) return fail(400, { errors: formErrors(parsed.error, locale, asked), values });
	try {
		const made = await asking(event, async (tx) => {
			const secret = await makeToken(tx, await permit(tx, verb, round), parsed.data);
			return { secret, round: (await getRound(tx, programme, round)).round };
		});
		const name = localText(made.round.name, locale).text;
		return { errors: [], values: {}, label: parsed.data.label, made: await linkSheet(event.url.origin, made.secret, name, made.round.sensitive) };
	} catch (thrown) {
		const found = asProblem(thrown);
		if (!found) throw thrown;
		return fail(found.status, { errors: problemErrors(found, locale), values });
	}
}
