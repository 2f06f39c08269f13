/** An entry of the main navigation. */
export interface NavItem {
	href: string;
	label: string;
	current?: boolean;
	/** Stands in the bar at the bottom of a phone; five at most. */
	quick?: boolean;
	/** The letter that leads there after `g`. */
	go?: string | undefined;
}

/** One language of the interface: this same page in it. */
export interface LanguageLink {
	locale: string;
	/** The language's name in itself. */
	label: string;
	href: string;
	current?: boolean;
}
