/** Some of it stands at the beginning, in the middle and at the end of the token, so that no part of it goes unnoticed. */
export const mark = 'S3CR3T';

/** As long as real ones are, and with no other use in this world. */
export const token = `eyJ${mark}.${`${mark}x`.repeat(6)}.${mark}`;
