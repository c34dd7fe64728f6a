/** Limits of the SPI's signals, nanoseconds (DS39662 table 16-6). */

/** CS low before the first rising edge of SCK. */
export const CS_SETUP = 50
/** CS high between two instructions. */
export const CS_HIGH = 50
