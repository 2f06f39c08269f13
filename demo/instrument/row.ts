/** A text of the instrument in its three languages: Uzbek, Russian, English. */
export type Three = readonly [uz: string, ru: string, en: string];

/** One row of the survey sheet. */
export type Row = {
	type: string;
	name: string;
	label?: Three;
	hint?: Three;
	required?: 'yes';
	relevant?: string;
	constraint?: string;
	constraintMessage?: Three;
	calculation?: string;
	repeatCount?: string;
	appearance?: string;
};

/** A list of choices: name of each choice and how it reads. */
export type ChoiceList = readonly (readonly [name: string, label: Three])[];

export type Rest = Omit<Row, 'type' | 'name' | 'label'>;

/** A question that must be answered. */
export function ask(type: string, name: string, label: Three, rest: Rest = {}): Row {
	return { type, name, label, required: 'yes', ...rest };
}

/** A question that may be left out. */
export function may(type: string, name: string, label: Three, rest: Rest = {}): Row {
	return { type, name, label, ...rest };
}

export function note(name: string, label: Three, rest: Rest = {}): Row {
	return { type: 'note', name, label, ...rest };
}

/** A section: its rows inside a group that is shown only after consent. */
export function section(name: string, label: Three, rows: readonly Row[], relevant = "${consent} = 'yes' and ${adult} = 'yes'"): Row[] {
	return [{ type: 'begin_group', name, label, relevant }, ...rows, { type: 'end_group', name }];
}
