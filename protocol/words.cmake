# SPDX-License-Identifier: AGPL-3.0-or-later
# cmake -DLIST=wordlist_en_eff.txt -DOUT=protocol_words.inc -P words.cmake
# Turns the EFF large word list ("11111<tab>abacus", dice order) into lines of C++ string literals. The hash is of the
# words alone, each with a line feed: another list would give everybody other fingerprints and codenames.
file(STRINGS ${LIST} lines REGEX "^[1-6][1-6][1-6][1-6][1-6][ \t]+[a-z-]+$")
list(TRANSFORM lines REPLACE "^[1-6]+[ \t]+" "")
list(JOIN lines "\n" joined)
string(SHA256 hash "${joined}\n")
if(NOT hash STREQUAL "6d557f0693958fb5e650b68b5bee585eb82cf4da32965505c789e924743bc522")
  message(FATAL_ERROR "${LIST} is not the EFF large word list of 2016: install Debian's package diceware")
endif()
list(TRANSFORM lines REPLACE "(.+)" "\"\\1\",")
list(JOIN lines "\n" text)
file(WRITE ${OUT} "${text}\n")
