/** How many large files or layers are on their way at once where nobody says how many. */
export const usualConcurrency = 4;
