/*
 * A sketch with more on its buses than the Ethernet chip, on the unmodified Arduino core and its libraries Wire and SPI: an EEPROM at 0x50
 * (acknowledge polling, a page that wraps) and an SPI flash with its chip select on pin 8.
 */
#include <Arduino.h>
#include <SPI.h>
#include <Wire.h>

static void print(const __FlashStringHelper *what, uint32_t value) {
	Serial.print(what);
	Serial.println(value, HEX);
}

static uint8_t answers(uint8_t address) {
	Wire.beginTransmission(address);
	return Wire.endTransmission() == 0;
}

static void flash(uint8_t code) {
	digitalWrite(8, LOW);
	SPI.transfer(code);
}

static uint8_t etherRevision() {
	digitalWrite(10, LOW);
	SPI.transfer(0xbf); /* BFC ECON1, both bank bits: then bank 3 */
	SPI.transfer(3);
	digitalWrite(10, HIGH);
	digitalWrite(10, LOW);
	SPI.transfer(0x9f); /* BFS ECON1 */
	SPI.transfer(3);
	digitalWrite(10, HIGH);
	digitalWrite(10, LOW);
	SPI.transfer(0x12); /* EREVID, an ETH register: no dummy octet */
	uint8_t revision = SPI.transfer(0);
	digitalWrite(10, HIGH);
	return revision;
}

void setup() {
	Serial.begin(115200);
	pinMode(8, OUTPUT);
	pinMode(10, OUTPUT);
	digitalWrite(8, HIGH);
	digitalWrite(10, HIGH);
	SPI.begin();
	SPI.beginTransaction(SPISettings(8000000, MSBFIRST, SPI_MODE0));
	Wire.begin();
	delay(2);
	print(F("nobody: "), answers(0x51));
	Wire.beginTransmission(0x50); /* three octets at 003Eh: the third wraps to 0000h of the page */
	Wire.write(0x00);
	Wire.write(0x3e);
	Wire.write(0xa1);
	Wire.write(0xb2);
	Wire.write(0xc3);
	Wire.endTransmission();
	uint32_t asked = micros();
	while (!answers(0x50)) {}
	print(F("busy at least 4 ms: "), micros() - asked >= 4000);
	Wire.beginTransmission(0x50);
	Wire.write(0x00);
	Wire.write(0x3e);
	Wire.endTransmission(false);
	Wire.requestFrom(0x50, 2);
	uint32_t read = Wire.read();
	print(F("eeprom: "), read << 8 | Wire.read());
	flash(0x9f); /* JEDEC ID */
	uint32_t id = 0;
	for (uint8_t i = 0; i < 3; i++) id = id << 8 | SPI.transfer(0);
	digitalWrite(8, HIGH);
	print(F("flash: "), id);
	print(F("revision: "), etherRevision());
	flash(0x03); /* read from 000100h */
	SPI.transfer(0);
	SPI.transfer(1);
	SPI.transfer(0);
	uint8_t text[5];
	for (uint8_t i = 0; i < 5; i++) text[i] = SPI.transfer(0);
	digitalWrite(8, HIGH);
	Serial.write(text, 5);
	Serial.println();
}

void loop() {}
