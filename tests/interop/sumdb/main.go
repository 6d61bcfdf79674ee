// Command sumdb answers questions about signed notes, proofs and published logs with Go's own
// implementation (golang.org/x/mod/sumdb), so that tests can hold ours against it.
//
// It reads one JSON object of questions from standard input and writes one of answers, in the
// order of the questions. An answer that is an error is its text; no error is the empty text.
package main

import (
	"bufio"
	"bytes"
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type questions struct {
	Notes   []noteQuestion
	Records []proofQuestion
	Trees   []proofQuestion
	Logs    []logQuestion
	Sign    []signQuestion
}

// noteQuestion asks to open a note, and to read its text as a tree head.
type noteQuestion struct {
	Note string
	VKey string
}

// proofQuestion asks to check the proof that record First, or the tree of First records, is in
// the tree of Size records. Hash is the record's or the smaller tree's.
type proofQuestion struct {
	First int64
	Size  int64
	Hash  []byte
	Root  []byte
	Proof [][]byte
}

// logQuestion asks to read a published log.
type logQuestion struct {
	Folder string
	VKey   string
}

// signQuestion asks to sign a text with a new key of this name.
type signQuestion struct {
	Name string
	Text string
}

type answers struct {
	Notes   []noteAnswer
	Records []string
	Trees   []string
	Logs    []logAnswer
	Sign    []signAnswer
}

type noteAnswer struct {
	Error      string
	Text       string
	Verified   int
	Unverified int
	Origin     string
	Size       int64
	Root       []byte
}

type logAnswer struct {
	Error   string
	Size    int64
	Root    []byte
	Records int64
}

type signAnswer struct {
	VKey string
	Note string
}

func main() {
	log.SetFlags(0)
	var asked questions
	if err := json.NewDecoder(bufio.NewReader(os.Stdin)).Decode(&asked); err != nil {
		log.Fatal(err)
	}
	var told answers
	for _, q := range asked.Notes {
		told.Notes = append(told.Notes, open(q))
	}
	for _, q := range asked.Records {
		err := tlog.CheckRecord(hashes(q.Proof), q.Size, hash(q.Root), q.First, hash(q.Hash))
		told.Records = append(told.Records, text(err))
	}
	for _, q := range asked.Trees {
		err := tlog.CheckTree(hashes(q.Proof), q.Size, hash(q.Root), q.First, hash(q.Hash))
		told.Trees = append(told.Trees, text(err))
	}
	for _, q := range asked.Logs {
		answer, err := readLog(q)
		answer.Error = text(err)
		told.Logs = append(told.Logs, answer)
	}
	for _, q := range asked.Sign {
		told.Sign = append(told.Sign, sign(q))
	}
	if err := json.NewEncoder(os.Stdout).Encode(told); err != nil {
		log.Fatal(err)
	}
}

func open(q noteQuestion) noteAnswer {
	verifier, err := note.NewVerifier(q.VKey)
	if err != nil {
		return noteAnswer{Error: err.Error()}
	}
	opened, err := note.Open([]byte(q.Note), note.VerifierList(verifier))
	if err != nil {
		return noteAnswer{Error: err.Error()}
	}
	answer := noteAnswer{
		Text:       opened.Text,
		Verified:   len(opened.Sigs),
		Unverified: len(opened.UnverifiedSigs),
	}
	origin, tree, err := head(opened.Text)
	if err == nil {
		answer.Origin, answer.Size, answer.Root = origin, tree.N, tree.Hash[:]
	}
	return answer
}

// head reads a checkpoint. Go's own reader is for one log alone, which its first line names.
func head(text string) (string, tlog.Tree, error) {
	origin, rest, _ := strings.Cut(text, "\n")
	tree, err := tlog.ParseTree([]byte("go.sum database tree\n" + rest))
	return origin, tree, err
}

// readLog opens the checkpoint of a published log, works out the tree's hash from its tiles, and
// holds every record of its bundles against the hash that the tiles, authenticated, have for it.
func readLog(q logQuestion) (answer logAnswer, err error) {
	signed, err := os.ReadFile(filepath.Join(q.Folder, "checkpoint"))
	if err != nil {
		return answer, err
	}
	opened := open(noteQuestion{string(signed), q.VKey})
	if opened.Error != "" {
		return answer, fmt.Errorf("%s", opened.Error)
	}
	tree := tlog.Tree{N: opened.Size, Hash: hash(opened.Root)}
	reader := tlog.TileHashReader(tree, folder(q.Folder))
	root, err := tlog.TreeHash(tree.N, reader)
	if err != nil {
		return answer, err
	}
	answer.Size, answer.Root = tree.N, root[:]
	for first := int64(0); first < tree.N; first += 1 << height {
		width := tree.N - first
		if width > 1<<height {
			width = 1 << height
		}
		records, err := bundle(q.Folder, first>>height, int(width))
		if err != nil {
			return answer, err
		}
		indexes := make([]int64, width)
		for i := range indexes {
			indexes[i] = tlog.StoredHashIndex(0, first+int64(i))
		}
		served, err := reader.ReadHashes(indexes)
		if err != nil {
			return answer, err
		}
		for i, record := range records {
			if tlog.RecordHash(record) != served[i] {
				return answer, fmt.Errorf("record %d differs", first+int64(i))
			}
			answer.Records++
		}
	}
	return answer, nil
}

// folder reads tiles from a published log. Go's paths name the height, C2SP's do not.
type folder string

func (f folder) Height() int                     { return height }
func (f folder) SaveTiles([]tlog.Tile, [][]byte) {}
func (f folder) path(tile tlog.Tile) string {
	return filepath.Join(string(f), strings.Replace(tile.Path(), "tile/8/", "tile/", 1))
}

func (f folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, err := os.ReadFile(f.path(tile))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// bundle reads the records of a bundle: Go has a name for such a tile, level -1, but no format.
func bundle(place string, number int64, width int) ([][]byte, error) {
	tile := tlog.Tile{H: height, L: -1, N: number, W: width}
	path := strings.Replace(tile.Path(), "tile/8/data/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(place, path))
	if err != nil {
		return nil, err
	}
	var records [][]byte
	for reader := bytes.NewReader(data); reader.Len() > 0; {
		var length uint16
		if err := binary.Read(reader, binary.BigEndian, &length); err != nil {
			return nil, err
		}
		record := make([]byte, length)
		if n, _ := reader.Read(record); n < int(length) {
			return nil, fmt.Errorf("%s is cut short", path)
		}
		records = append(records, record)
	}
	if len(records) != width {
		return nil, fmt.Errorf("%s has %d records, not %d", path, len(records), width)
	}
	return records, nil
}

func sign(q signQuestion) signAnswer {
	skey, vkey, err := note.GenerateKey(rand.Reader, q.Name)
	if err != nil {
		log.Fatal(err)
	}
	signer, err := note.NewSigner(skey)
	if err != nil {
		log.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: q.Text}, signer)
	if err != nil {
		log.Fatal(err)
	}
	return signAnswer{VKey: vkey, Note: string(signed)}
}

func hash(raw []byte) (h tlog.Hash) {
	if len(raw) != tlog.HashSize {
		log.Fatalf("a hash of %d bytes", len(raw))
	}
	copy(h[:], raw)
	return h
}

func hashes(raw [][]byte) (all []tlog.Hash) {
	for _, each := range raw {
		all = append(all, hash(each))
	}
	return all
}

func text(err error) string {
	if err != nil {
		return err.Error()
	}
	return ""
}
