import { redirect } from '@sveltejs/kit';
import type { PageServerLoad } from './$types.js';
import { localizeHref } from '#paraglide/runtime.js';

export const load: PageServerLoad = ({ params }) => redirect(307, localizeHref(`/p/${params.programme}/assessment/rounds`));
