package pdf

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/md5"
	"crypto/rc4"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/binary"
)

// crypt decrypts what a file encrypts without asking for a password, by the standard handler, revisions 2 to 6.
type crypt struct {
	key      []byte
	strings  method
	streams  method
	metadata bool // encrypted too
}

type method int

const (
	plain method = iota
	byRC4
	byAES128
	byAES256
)

var padding = []byte("\x28\xBF\x4E\x5E\x4E\x75\x8A\x41\x64\x00\x4E\x56\xFF\xFA\x01\x08\x2E\x2E\x00\xB6\xD0\x68\x3E\x80\x2F\x0C\xA9\xFE\x64\x53\x69\x7A")

// decrypt finds the key for the empty password.
func (f *File) decrypt() error {
	e := f.dict(f.trailer["Encrypt"])
	if f.name(e["Filter"]) != "Standard" {
		return ErrEncrypted
	}
	v, r := int(f.num(e["V"], 0)), int(f.num(e["R"], 0))
	bits := int(f.num(e["Length"], 40))
	c := &crypt{metadata: true}
	if m, ok := f.resolve(e["EncryptMetadata"]).(bool); ok {
		c.metadata = m
	}
	switch v {
	case 1, 2, 3:
		c.strings, c.streams = byRC4, byRC4
		if v == 1 {
			bits = 40
		}
	case 4, 5:
		of := func(key name) (method, error) {
			n := f.name(e[key])
			if n == "" || n == "Identity" {
				return plain, nil
			}
			filter := f.dict(f.dict(e["CF"])[n])
			switch f.name(filter["CFM"]) {
			case "None":
				return plain, nil
			case "V2":
				return byRC4, nil
			case "AESV2":
				return byAES128, nil
			case "AESV3":
				return byAES256, nil
			}
			return plain, ErrEncrypted
		}
		var err error
		if c.strings, err = of("StrF"); err != nil {
			return err
		}
		if c.streams, err = of("StmF"); err != nil {
			return err
		}
		if v == 4 {
			bits = 128
		}
	default:
		return ErrEncrypted
	}
	str := func(k name) []byte {
		s, _ := f.resolve(e[k]).(string)
		return []byte(s)
	}
	o, u := str("O"), str("U")
	var err error
	if r >= 5 {
		err = c.key256(r, u, str("UE"))
	} else if r >= 2 && r <= 4 && len(o) >= 32 && len(u) >= 16 && bits >= 40 && bits <= 128 && bits%8 == 0 {
		id := ""
		if ids := f.array(f.trailer["ID"]); len(ids) > 0 {
			id, _ = f.resolve(ids[0]).(string)
		}
		err = c.key128(r, bits/8, o[:32], u, uint32(int64(f.num(e["P"], 0))), []byte(id))
	} else {
		return ErrEncrypted
	}
	if err != nil {
		return err
	}
	f.crypt = c
	f.cache, f.packed = map[int]object{}, map[int]*objectStream{}
	if r, ok := f.trailer["Encrypt"].(ref); ok {
		f.cache[r.num] = e // its own strings are not encrypted
	}
	return nil
}

func (c *crypt) key128(r, n int, o, u []byte, p uint32, id []byte) error {
	h := md5.New()
	h.Write(padding)
	h.Write(o)
	h.Write(binary.LittleEndian.AppendUint32(nil, p))
	h.Write(id)
	if r >= 4 && !c.metadata {
		h.Write([]byte{0xFF, 0xFF, 0xFF, 0xFF})
	}
	key := h.Sum(nil)
	if r >= 3 {
		for range 50 {
			sum := md5.Sum(key[:n])
			key = sum[:]
		}
	} else {
		n = 5
	}
	c.key = key[:n]
	check := make([]byte, 32)
	if r == 2 {
		xor(c.key, padding, check)
		if !bytes.Equal(check, u[:min(len(u), 32)]) {
			return ErrPassword
		}
		return nil
	}
	h.Reset()
	h.Write(padding)
	h.Write(id)
	check = h.Sum(nil)
	k := make([]byte, n)
	for i := range 20 {
		for j := range k {
			k[j] = c.key[j] ^ byte(i)
		}
		xor(k, check, check)
	}
	if !bytes.Equal(check, u[:16]) {
		return ErrPassword
	}
	return nil
}

func xor(key, from, to []byte) {
	if c, err := rc4.NewCipher(key); err == nil {
		c.XORKeyStream(to[:len(from)], from)
	}
}

func (c *crypt) key256(r int, u, ue []byte) error {
	if len(u) < 48 || len(ue) < 32 {
		return ErrEncrypted
	}
	hash := func(salt []byte) []byte {
		sum := sha256.Sum256(salt)
		if r >= 6 {
			return hash6(sum[:])
		}
		return sum[:]
	}
	if !bytes.Equal(hash(u[32:40]), u[:32]) {
		return ErrPassword
	}
	block, err := aes.NewCipher(hash(u[40:48]))
	if err != nil {
		return ErrEncrypted
	}
	c.key = make([]byte, 32)
	cipher.NewCBCDecrypter(block, make([]byte, 16)).CryptBlocks(c.key, ue[:32])
	return nil
}

// hash6 is algorithm 2.B of ISO 32000-2 for the empty password.
func hash6(k []byte) []byte {
	for i := 0; ; i++ {
		round := bytes.Repeat(k, 64)
		block, err := aes.NewCipher(k[:16])
		if err != nil {
			return nil
		}
		cipher.NewCBCEncrypter(block, k[16:32]).CryptBlocks(round, round)
		sum := 0
		for _, b := range round[:16] {
			sum += int(b)
		}
		switch sum % 3 {
		case 0:
			s := sha256.Sum256(round)
			k = s[:]
		case 1:
			s := sha512.Sum384(round)
			k = s[:]
		default:
			s := sha512.Sum512(round)
			k = s[:]
		}
		if i >= 63 && int(round[len(round)-1]) <= i-32 {
			return k[:32]
		}
	}
}

// objectKey is the key for one object.
func (c *crypt) objectKey(id ref, m method) []byte {
	if m == byAES256 {
		return c.key
	}
	h := md5.New()
	h.Write(c.key)
	h.Write([]byte{byte(id.num), byte(id.num >> 8), byte(id.num >> 16), byte(id.gen), byte(id.gen >> 8)})
	if m == byAES128 {
		h.Write([]byte("sAlT"))
	}
	return h.Sum(nil)[:min(len(c.key)+5, 16)]
}

func (c *crypt) bytes(data []byte, id ref, m method) ([]byte, error) {
	switch m {
	case byRC4:
		out := make([]byte, len(data))
		xor(c.objectKey(id, m), data, out)
		return out, nil
	case byAES128, byAES256:
		if len(data) == 0 {
			return nil, nil
		}
		if len(data) < 32 {
			return nil, errDamaged
		}
		block, err := aes.NewCipher(c.objectKey(id, m))
		if err != nil {
			return nil, errDamaged
		}
		body := data[16 : len(data)-len(data)%16]
		out := make([]byte, len(body))
		cipher.NewCBCDecrypter(block, data[:16]).CryptBlocks(out, body)
		if n := int(out[len(out)-1]); n >= 1 && n <= 16 {
			out = out[:len(out)-n]
		}
		return out, nil
	}
	return data, nil
}

func (c *crypt) stream(s *stream) ([]byte, error) {
	if !c.metadata && s.dict["Type"] == name("Metadata") || s.ref.num == 0 {
		return s.data, nil
	}
	return c.bytes(s.data, s.ref, c.streams)
}

// object decrypts the strings in an object of the file itself; those in streams of objects are encrypted with their stream.
func (c *crypt) object(o object, id ref) object {
	switch v := o.(type) {
	case string:
		out, err := c.bytes([]byte(v), id, c.strings)
		if err != nil {
			return v
		}
		return string(out)
	case array:
		for i := range v {
			v[i] = c.object(v[i], id)
		}
	case dict:
		for k := range v {
			v[k] = c.object(v[k], id)
		}
	case *stream:
		c.object(v.dict, id)
	}
	return o
}
