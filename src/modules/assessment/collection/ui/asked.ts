/** What a control is told of its question: names for screen readers, and what holds for it now. */
export type Asked = {
	/** The element that the summary of errors leads to. */
	readonly id: string;
	readonly labelledby: string;
	readonly describedby: string | undefined;
	readonly invalid: 'true' | undefined;
	readonly required: boolean;
	readonly readonly: boolean;
};
