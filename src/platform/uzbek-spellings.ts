/** Cyrillic stems whose Latin the rules do not give. */
export const latinIrregular: readonly (readonly [cyrillic: string, latin: string])[] = [
	['сентябр', 'sentabr'],
	['октябр', 'oktabr'],
	['бюджет', 'budjet']
];

/** Cyrillic spellings that the rules do not give from Latin. */
export const spellings: readonly string[] = ['сентябрь', 'октябрь', 'бюджет'];
