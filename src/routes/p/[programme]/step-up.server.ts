import { redirect, type RequestEvent } from '@sveltejs/kit';
import { localizeHref } from '#paraglide/runtime.js';
import { Problem } from '#platform/problem.ts';
import { demandStepUp } from '#platform/request.server.ts';

/** Before a file leaves the program the person proves presence once more, and comes back to the same address. */
export function needStepUp(event: RequestEvent): void {
	try {
		demandStepUp(event);
	} catch (thrown) {
		if (!(thrown instanceof Problem)) throw thrown;
		redirect(303, `${localizeHref('/step-up')}?to=${encodeURIComponent(event.url.pathname + event.url.search)}`);
	}
}
