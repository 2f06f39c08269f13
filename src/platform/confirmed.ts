/** In the address of a page to which somebody comes back from a step-up with a form still to send; the frame then says so. */
export const confirmedMark = 'confirmed';
