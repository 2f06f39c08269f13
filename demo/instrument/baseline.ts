/**
 * The baseline questionnaire of a joint gap analysis: for staff of shelters, rehabilitation centres and civil society
 * organisations, officials and makhalla leaders. It asks about services, never about a survivor. It follows what the ethical
 * guidance of WHO and the UN for research on violence asks for: informed consent and a way to refuse, adults only, privacy,
 * no identifying details, and information about support for everyone at the end. The words are our own.
 *
 * `node demo/instrument/write.ts` writes it as `baseline.xlsx`.
 */
import { choices } from './choices.ts';
import { opening } from './opening.ts';
import { quality } from './quality.ts';
import type { ChoiceList, Row } from './row.ts';
import { services } from './services.ts';

export const baseline: {
	survey: readonly Row[];
	choices: Readonly<Record<string, ChoiceList>>;
	settings: Readonly<Record<string, string>>;
} = {
	survey: [...opening, ...services, ...quality],
	choices,
	settings: {
		form_title: 'Boshlangʻich tahlil · Исходный анализ · Baseline',
		form_id: 'baseline',
		version: '1',
		default_language: 'Oʻzbekcha (uz)'
	}
};
