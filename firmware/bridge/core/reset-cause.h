/* What port_reset_flags says: the bits of an AVR's MCUSR (DS40002061B 11.9.1). */
#ifndef BRIDGE_RESET_CAUSE_H
#define BRIDGE_RESET_CAUSE_H

#define RESET_CAUSE_POWER_ON 0x01u
#define RESET_CAUSE_PIN 0x02u
#define RESET_CAUSE_BROWN_OUT 0x04u
#define RESET_CAUSE_WATCHDOG 0x08u

#endif
