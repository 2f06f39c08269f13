import { z } from 'zod';
import type { Actions, PageServerLoad } from './$types.js';
import { system } from '#platform/actor.ts';
import { asActor } from '#platform/database.server.ts';
import { acting, personOf, reading } from '#platform/request.server.ts';
import { stepUpFirst } from '#platform/sign-in/form.server.ts';
import { codeSheet, factorsOf, forgetSheet } from '#platform/sign-in/second-factor.server.ts';

export const load: PageServerLoad = async (event) => {
	const { personId } = personOf(event);
	stepUpFirst(event);
	return reading(event, async (tx) => ({
		codes: await asActor(tx, system('sign-in'), () => codeSheet(tx, personId, new Date())),
		left: (await factorsOf(tx, personId)).codesLeft,
		name: event.locals.signedIn?.displayName ?? ''
	}));
};

export const actions: Actions = {
	default: (event) =>
		acting(event, z.object({}), async (tx) => {
			const { personId } = personOf(event);
			await asActor(tx, system('sign-in'), () => forgetSheet(tx, personId));
			return '/';
		})
};
