// A verifier in another language, on the code that c2sp.org's formats come from: golang.org/x/mod/sumdb/note and tlog, unchanged.
//
//	verifier inclusion  KEY WITNESS-KEY PROOF-FILE
//	verifier growth     KEY WITNESS-KEY OLD-CHECKPOINT GROWTH-FILE
//	verifier checkpoint KEY WITNESS-KEY CHECKPOINT
//
// Exits 0 and says what it verified, or 1 and says why not. WITNESS-KEY may be "-"; otherwise its cosignature must be there.
package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// witness verifies the timestamped cosignatures of c2sp.org/tlog-cosignature, as a note.Verifier.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }

func (w witness) Verify(msg, sig []byte) bool {
	if len(sig) != 8+ed25519.SignatureSize {
		return false
	}
	head := fmt.Sprintf("cosignature/v1\ntime %d\n", binary.BigEndian.Uint64(sig))
	return ed25519.Verify(w.key, append([]byte(head), msg...), sig[8:])
}

func newWitness(vkey string) (note.Verifier, error) {
	parts := strings.SplitN(vkey, "+", 3)
	if len(parts) != 3 {
		return nil, errors.New("not a key")
	}
	raw, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(raw) != 1+ed25519.PublicKeySize || raw[0] != 4 {
		return nil, errors.New("not a witness's key")
	}
	sum := sha256.Sum256(append([]byte(parts[0]+"\n"), raw...))
	hash := binary.BigEndian.Uint32(sum[:])
	if fmt.Sprintf("%08x", hash) != parts[1] {
		return nil, errors.New("the key's id is not its hash")
	}
	return witness{parts[0], hash, raw[1:]}, nil
}

type checkpoint struct {
	origin string
	tree   tlog.Tree
}

// open reads a signed note; the log's signature must hold, and the witness's where one is asked for.
func open(text, logKey, witnessKey string) (checkpoint, error) {
	var none checkpoint
	log, err := note.NewVerifier(logKey)
	if err != nil {
		return none, err
	}
	known := []note.Verifier{log}
	if witnessKey != "-" {
		other, err := newWitness(witnessKey)
		if err != nil {
			return none, err
		}
		known = append(known, other)
	}
	opened, err := note.Open([]byte(text), note.VerifierList(known...))
	if err != nil {
		return none, err
	}
	held := map[string]bool{}
	for _, sig := range opened.Sigs {
		held[sig.Name] = true
	}
	for _, verifier := range known {
		if !held[verifier.Name()] {
			return none, fmt.Errorf("%s did not sign", verifier.Name())
		}
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) < 4 {
		return none, errors.New("not a checkpoint")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return none, err
	}
	root, err := tlog.ParseHash(lines[2])
	return checkpoint{lines[0], tlog.Tree{N: size, Hash: root}}, err
}

// parted splits a file at its first empty line into its lines and the note.
func parted(file string) ([]string, string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, "", err
	}
	head, text, ok := strings.Cut(string(data), "\n\n")
	if !ok {
		return nil, "", errors.New("no empty line")
	}
	return strings.Split(head, "\n"), text, nil
}

func hashes(lines []string) ([]tlog.Hash, error) {
	var path []tlog.Hash
	for _, line := range lines {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return nil, err
		}
		path = append(path, hash)
	}
	return path, nil
}

func inclusion(key, witnessKey, file string) (string, error) {
	lines, text, err := parted(file)
	if err != nil {
		return "", err
	}
	if len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return "", errors.New("not a proof")
	}
	body, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(lines[1], "extra "))
	if err != nil {
		return "", err
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return "", err
	}
	path, err := hashes(lines[3:])
	if err != nil {
		return "", err
	}
	signed, err := open(text, key, witnessKey)
	if err != nil {
		return "", err
	}
	if err := tlog.CheckRecord(path, signed.tree.N, signed.tree.Hash, index, tlog.RecordHash(body)); err != nil {
		return "", err
	}
	return fmt.Sprintf("entry %d of %s", index, signed.origin), nil
}

func growth(key, witnessKey, oldFile, file string) (string, error) {
	before, err := os.ReadFile(oldFile)
	if err != nil {
		return "", err
	}
	old, err := open(string(before), key, "-")
	if err != nil {
		return "", err
	}
	lines, text, err := parted(file)
	if err != nil {
		return "", err
	}
	if len(lines) < 2 || lines[0] != "yinji/consistency-proof@v1" || lines[1] != fmt.Sprintf("old %d", old.tree.N) {
		return "", errors.New("not a consistency proof from here")
	}
	path, err := hashes(lines[2:])
	if err != nil {
		return "", err
	}
	signed, err := open(text, key, witnessKey)
	if err != nil {
		return "", err
	}
	if signed.origin != old.origin {
		return "", errors.New("two logs")
	}
	if err := tlog.CheckTree(path, signed.tree.N, signed.tree.Hash, old.tree.N, old.tree.Hash); err != nil {
		return "", err
	}
	return fmt.Sprintf("%s from %d to %d", signed.origin, old.tree.N, signed.tree.N), nil
}

func verify(words []string) (string, error) {
	switch {
	case len(words) == 4 && words[0] == "inclusion":
		return inclusion(words[1], words[2], words[3])
	case len(words) == 5 && words[0] == "growth":
		return growth(words[1], words[2], words[3], words[4])
	case len(words) == 4 && words[0] == "checkpoint":
		text, err := os.ReadFile(words[3])
		if err != nil {
			return "", err
		}
		signed, err := open(string(text), words[1], words[2])
		return fmt.Sprintf("%s %d", signed.origin, signed.tree.N), err
	}
	return "", errors.New("unknown words")
}

func main() {
	said, err := verify(os.Args[1:])
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("verified:", said)
}
