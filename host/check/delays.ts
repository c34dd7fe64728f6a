/** What answers may take that is nobody's fault. */
import { MILLISECOND } from '../../firmware/hal/clock.js'

/** What a USB adapter may add: the latency timer of the usual one is 16 ms, each way through the operating system 2 ms. */
export const ADAPTER_DELAY = 20 * MILLISECOND

/** Answers that a long frame there and back waits for, one after the other. */
export const ANSWERS_A_FRAME = 32
