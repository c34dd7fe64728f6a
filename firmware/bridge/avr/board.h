/* What differs between boards: pins in Arduino numbering are in the comments. Chosen by -DBOARD_…; see Makefile. */
#ifndef BRIDGE_AVR_BOARD_H
#define BRIDGE_AVR_BOARD_H

#include <avr/io.h>

#if defined(BOARD_UNO)
#define PORT_BOARD "uno"
#define PORT_BAUD 1000000u
#define CS_PORT PORTB /* 8 */
#define CS_DDR DDRB
#define CS_BIT PB0
#define PORT_HAS_RESET 1
#define RESET_PORT PORTB /* 9 */
#define RESET_DDR DDRB
#define RESET_BIT PB1
#elif defined(BOARD_NANO)
#define PORT_BOARD "nano"
#define PORT_BAUD 1000000u
#define PORT_HAS_RESET 0
#elif defined(BOARD_PROMINI)
#define PORT_BOARD "promini"
#define PORT_BAUD 500000u
#define PORT_HAS_RESET 0
#elif defined(BOARD_MEGA2560)
#define PORT_BOARD "mega2560"
#define PORT_BAUD 1000000u
#define PORT_HAS_RESET 0
#else
#error "which board? Define BOARD_UNO, BOARD_NANO, BOARD_PROMINI or BOARD_MEGA2560"
#endif

#if defined(__AVR_ATmega328P__)
#define SPI_PORT PORTB
#define SPI_DDR DDRB
#define SPI_INPUT PINB
#define SS_BIT PB2   /* 10: must be an output, or the SPI may fall out of master mode */
#define MOSI_BIT PB3 /* 11 */
#define MISO_BIT PB4 /* 12 */
#define SCK_BIT PB5  /* 13 */
#define INT_INPUT PIND /* 2 */
#define INT_PORT PORTD
#define INT_DDR DDRD
#define INT_BIT PD2
#define INT_VECTOR INT0_vect
#define INT_ANY_EDGE() (EICRA = (uint8_t)((EICRA & ~_BV(ISC01)) | _BV(ISC00)))
#define INT_ENABLE() (EIMSK |= _BV(INT0))
#define RX_VECTOR USART_RX_vect
#define UDRE_VECTOR USART_UDRE_vect
#define PORT_WINDOW 4
#define PORT_RX_OCTETS 512u
#define PORT_RX_ADDRESS 0x100u /* where RAM begins; also in the Makefile */
#elif defined(__AVR_ATmega2560__)
#define SPI_PORT PORTB
#define SPI_DDR DDRB
#define SPI_INPUT PINB
#define SS_BIT PB0   /* 53 */
#define MOSI_BIT PB2 /* 51 */
#define MISO_BIT PB3 /* 50 */
#define SCK_BIT PB1  /* 52 */
#define INT_INPUT PINE /* 2 */
#define INT_PORT PORTE
#define INT_DDR DDRE
#define INT_BIT PE4
#define INT_VECTOR INT4_vect
#define INT_ANY_EDGE() (EICRB = (uint8_t)((EICRB & ~_BV(ISC41)) | _BV(ISC40)))
#define INT_ENABLE() (EIMSK |= _BV(INT4))
#define RX_VECTOR USART0_RX_vect
#define UDRE_VECTOR USART0_UDRE_vect
#define PORT_WINDOW 16
#define PORT_RX_OCTETS 2048u
#define PORT_RX_ADDRESS 0x200u
#else
#error "this part is not supported"
#endif

#ifndef CS_PORT /* the chip select is the SPI's own */
#define CS_PORT SPI_PORT
#define CS_DDR SPI_DDR
#define CS_BIT SS_BIT
#endif

/* Half the system clock, the fastest SPI the part has (DS40002061B 19.5.2). */
#define PORT_SPI_CLOCK (F_CPU / 2)

#endif
