/** The library's part for browsers. */
export {}
