import { m } from '#paraglide/messages.js';
import type { IdentifyingReason } from '#xforms/identifying.ts';

/** Why a question may identify a person, in the reader's language. */
export const reasonWords: Record<IdentifyingReason, () => string> = {
	'person-name': m.assessment_id_person_name,
	phone: m.assessment_id_phone,
	address: m.assessment_id_address,
	email: m.assessment_id_email,
	'identity-document': m.assessment_id_identity_document,
	'birth-date': m.assessment_id_birth_date,
	'exact-location': m.assessment_id_exact_location,
	picture: m.assessment_id_picture,
	voice: m.assessment_id_voice,
	video: m.assessment_id_video,
	file: m.assessment_id_file,
	device: m.assessment_id_device,
	'free-text': m.assessment_id_free_text
};

const states: Readonly<Record<string, () => string>> = {
	draft: m.assessment_state_draft,
	open: m.assessment_state_open,
	closed: m.assessment_state_closed,
	stands: m.assessment_state_stands,
	withdrawn: m.assessment_state_withdrawn
};

/** The state of a round or a finding, in the reader's language. */
export const stateWord = (state: string): string => states[state]?.() ?? state;

/** The tone in which a state is shown. */
export const stateTone = (state: string): 'plain' | 'accent' | 'ok' | 'broken' =>
	state === 'open' || state === 'stands' ? 'ok' : state === 'withdrawn' ? 'broken' : state === 'closed' ? 'plain' : 'accent';

/** The parts of a round's ethics, as their fields are called. */
export const ethicsWords = {
	consent: m.assessment_consent,
	refusal: m.assessment_refusal,
	minors: m.assessment_minors,
	distress: m.assessment_distress,
	places: m.assessment_places,
	analysts: m.assessment_analysts
};

export const consentWords: Readonly<Record<string, () => string>> = {
	internal: m.assessment_consent_internal,
	anonymous: m.assessment_consent_anonymous,
	public: m.assessment_consent_public
};
