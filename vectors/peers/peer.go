// Go, by the calls that micromdm/scep makes: its own package scep, the pkcs7 below it, crypto/x509 and encoding/asn1. "accept" is, of
//
//	DerValue              asn1.Unmarshal into the type of Go that is for it, and nothing is left over
//	Certificate           x509.ParseCertificate
//	CertificateList       x509.ParseRevocationList
//	CertificationRequest  x509.ParseCertificateRequest, CheckSignature
//	CertificatesOnly      pkcs7.Parse of signedData without signers
//	SignedData            pkcs7.Parse, Verify
//	EnvelopedData         pkcs7.Parse, Decrypt
//	PkiMessage            scep.ParsePKIMessage, DecryptPKIEnvelope where there is content
//
// encoding/asn1 is for DER alone: BerValue is skipped. So are algorithms that pkcs7 says it has not, and messages that scep says it does not
// implement. A panic ends the program, as it would end its users' goroutine.
package main

import (
	"bufio"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"os"
	"runtime"
	"strings"
	"time"

	"github.com/micromdm/scep/cryptoutil/x509util"
	"github.com/micromdm/scep/scep"
	"go.mozilla.org/pkcs7"
)

type key struct {
	PrivateKey  string
	Certificate string
}

type question struct {
	ID        string
	Type      string
	As        string
	Input     string
	Recipient *key
	Password  *string

	octets []byte
}

type answer struct {
	ID        string                 `json:"id"`
	Result    string                 `json:"result"`
	Fields    map[string]interface{} `json:"fields,omitempty"`
	Plaintext *string                `json:"plaintext,omitempty"`
	Reason    string                 `json:"reason,omitempty"`
}

// The versions of the packages, which tell none themselves: set by the linker.
var packages string

// No call, or no such algorithm.
type unknown struct{ error }

func skip(why string) error { return unknown{errors.New(why)} }

func (asked *question) recipient() (*x509.Certificate, crypto.PrivateKey, error) {
	if asked.Recipient == nil {
		return nil, nil, skip("a recipient by password")
	}
	block, _ := pem.Decode([]byte(asked.Recipient.PrivateKey))
	private, err := x509.ParsePKCS8PrivateKey(block.Bytes)
	if err != nil {
		return nil, nil, skip(err.Error())
	}
	der, err := hex.DecodeString(asked.Recipient.Certificate)
	if err != nil {
		return nil, nil, err
	}
	certificate, err := x509.ParseCertificate(der)
	return certificate, private, err
}

// pkcs7 and x509 name what they do not support in the text of their errors alone.
func sorted(err error) error {
	if err == nil {
		return nil
	}
	for _, word := range []string{"not implemented", "unsupported", "unimplemented", "only RSA, DES", "algorithm unimplemented"} {
		if strings.Contains(err.Error(), word) {
			return unknown{err}
		}
	}
	return err
}

// Pointers to what asn1.Unmarshal fills, its parameters, and the tag that it must find where the type of Go does not say.
var types = map[string]func() (interface{}, string, int){
	"BOOLEAN":             func() (interface{}, string, int) { return new(bool), "", asn1.TagBoolean },
	"INTEGER":             func() (interface{}, string, int) { return new(*big.Int), "", asn1.TagInteger },
	"ENUMERATED":          func() (interface{}, string, int) { return new(asn1.Enumerated), "", asn1.TagEnum },
	"BIT STRING":          func() (interface{}, string, int) { return new(asn1.BitString), "", asn1.TagBitString },
	"OCTET STRING":        func() (interface{}, string, int) { return new([]byte), "", asn1.TagOctetString },
	"OBJECT IDENTIFIER":   func() (interface{}, string, int) { return new(asn1.ObjectIdentifier), "", asn1.TagOID },
	"UTF8String":          func() (interface{}, string, int) { return new(string), "utf8", asn1.TagUTF8String },
	"NumericString":       func() (interface{}, string, int) { return new(string), "numeric", asn1.TagNumericString },
	"PrintableString":     func() (interface{}, string, int) { return new(string), "printable", asn1.TagPrintableString },
	"IA5String":           func() (interface{}, string, int) { return new(string), "ia5", asn1.TagIA5String },
	"TeletexString":       func() (interface{}, string, int) { return new(string), "", asn1.TagT61String },
	"BMPString":           func() (interface{}, string, int) { return new(string), "", asn1.TagBMPString },
	"UTCTime":             func() (interface{}, string, int) { return new(time.Time), "utc", asn1.TagUTCTime },
	"GeneralizedTime":     func() (interface{}, string, int) { return new(time.Time), "generalized", asn1.TagGeneralizedTime },
	"SEQUENCE":            func() (interface{}, string, int) { return new([]asn1.RawValue), "", asn1.TagSequence },
	"SET":                 func() (interface{}, string, int) { return new([]asn1.RawValue), "set", asn1.TagSet },
	"SEQUENCE OF INTEGER": func() (interface{}, string, int) { return new([]*big.Int), "", asn1.TagSequence },
	"SET OF INTEGER":      func() (interface{}, string, int) { return new([]*big.Int), "set", asn1.TagSet },
	"SET OF ANY":          func() (interface{}, string, int) { return new([]asn1.RawValue), "set", asn1.TagSet },
	"SET OF OCTET STRING": func() (interface{}, string, int) { return new([][]byte), "set", asn1.TagSet },
}

func value(asked *question, out *answer) error {
	of, there := types[asked.As]
	if !there {
		return skip("no type of Go for " + asked.As)
	}
	into, parameters, tag := of()
	rest, err := asn1.UnmarshalWithParams(asked.octets, into, parameters)
	if err != nil {
		return err
	}
	if len(rest) > 0 {
		return errors.New("octets after it")
	}
	var raw asn1.RawValue
	if _, err := asn1.Unmarshal(asked.octets, &raw); err != nil || raw.Tag != tag {
		return errors.New("another tag")
	}
	switch read := into.(type) {
	case *bool:
		out.Fields = map[string]interface{}{"value": strings.ToUpper(fmt.Sprint(*read))}
	case **big.Int:
		out.Fields = map[string]interface{}{"value": (*read).String()}
	case *asn1.Enumerated:
		out.Fields = map[string]interface{}{"value": fmt.Sprint(int(*read))}
	case *[]byte:
		out.Fields = map[string]interface{}{"value": hex.EncodeToString(*read)}
	case *asn1.ObjectIdentifier:
		out.Fields = map[string]interface{}{"value": read.String()}
	case *string:
		if tag != asn1.TagT61String {
			out.Fields = map[string]interface{}{"value": *read}
		}
	case *time.Time:
		out.Fields = map[string]interface{}{"value": read.UTC().Format("2006-01-02T15:04:05Z")}
	case *[]asn1.RawValue:
		out.Fields = map[string]interface{}{"value": fmt.Sprint(len(*read))}
	case *[][]byte:
		out.Fields = map[string]interface{}{"value": fmt.Sprint(len(*read))}
	case *[]*big.Int:
		out.Fields = map[string]interface{}{"value": fmt.Sprint(len(*read))}
	}
	return nil
}

func certificate(asked *question, out *answer) error {
	read, err := x509.ParseCertificate(asked.octets)
	if err == nil {
		out.Fields = map[string]interface{}{"serialNumber": read.SerialNumber.String()}
	}
	return err
}

func certificateList(asked *question, out *answer) error {
	_, err := x509.ParseRevocationList(asked.octets)
	return err
}

func certificationRequest(asked *question, out *answer) error {
	read, err := x509.ParseCertificateRequest(asked.octets)
	if err != nil {
		return err
	}
	if err := sorted(read.CheckSignature()); err != nil {
		return err
	}
	password, err := x509util.ParseChallengePassword(asked.octets)
	if password != "" {
		out.Fields = map[string]interface{}{"challengePassword": password}
	}
	return err
}

func signedMessage(octets []byte) (*pkcs7.PKCS7, error) {
	message, err := pkcs7.Parse(octets)
	if err != nil {
		return nil, sorted(err)
	}
	var nothing asn1.RawValue
	// The only thing that tells signedData from the others.
	if err := message.UnmarshalSignedAttribute(nil, &nothing); err != nil && strings.Contains(err.Error(), "not signedData") {
		return nil, err
	}
	return message, nil
}

func certificatesOnly(asked *question, out *answer) error {
	message, err := signedMessage(asked.octets)
	if err != nil {
		return err
	}
	if len(message.Signers) > 0 {
		return errors.New("there are signers")
	}
	digests := []string{}
	for _, each := range message.Certificates {
		digest := sha256.Sum256(each.Raw)
		digests = append(digests, hex.EncodeToString(digest[:]))
	}
	out.Fields = map[string]interface{}{"certificates": digests}
	return nil
}

func signedData(asked *question, out *answer) error {
	message, err := signedMessage(asked.octets)
	if err != nil {
		return err
	}
	out.Fields = map[string]interface{}{"eContent": hex.EncodeToString(message.Content)}
	return sorted(message.Verify())
}

func envelopedData(asked *question, out *answer) error {
	certificate, private, err := asked.recipient()
	if err != nil {
		return err
	}
	message, err := pkcs7.Parse(asked.octets)
	if err != nil {
		return sorted(err)
	}
	plain, err := message.Decrypt(certificate, private)
	if err != nil {
		return sorted(err)
	}
	text := hex.EncodeToString(plain)
	out.Plaintext = &text
	return nil
}

func pkiMessage(asked *question, out *answer) error {
	message, err := scep.ParsePKIMessage(asked.octets)
	if err != nil {
		return sorted(err)
	}
	out.Fields = map[string]interface{}{"transactionID": string(message.TransactionID)}
	outer, err := pkcs7.Parse(asked.octets)
	if err != nil || len(outer.Content) == 0 {
		return err
	}
	certificate, private, err := asked.recipient()
	if err != nil {
		return err
	}
	private_rsa, is_rsa := private.(*rsa.PrivateKey)
	if !is_rsa {
		return skip("scep has RSA alone")
	}
	if err := message.DecryptPKIEnvelope(certificate, private_rsa); err != nil {
		return sorted(err)
	}
	if message.CSRReqMessage != nil {
		text := hex.EncodeToString(message.CSRReqMessage.RawDecrypted)
		out.Plaintext = &text
	}
	return nil
}

var questions = map[string]func(*question, *answer) error{
	"DerValue":             value,
	"Certificate":          certificate,
	"CertificateList":      certificateList,
	"CertificationRequest": certificationRequest,
	"CertificatesOnly":     certificatesOnly,
	"SignedData":           signedData,
	"EnvelopedData":        envelopedData,
	"PkiMessage":           pkiMessage,
}

func answerTo(line []byte) (answer, error) {
	asked := question{}
	if err := json.Unmarshal(line, &asked); err != nil {
		return answer{}, err
	}
	octets, err := hex.DecodeString(asked.Input)
	if err != nil {
		return answer{}, err
	}
	asked.octets = octets
	of, there := questions[asked.Type]
	if !there {
		return answer{ID: asked.ID, Result: "skip", Reason: "no call for this"}, nil
	}
	out := answer{ID: asked.ID, Result: "accept"}
	err = of(&asked, &out)
	if why, is_unknown := err.(unknown); is_unknown {
		return answer{ID: asked.ID, Result: "skip", Reason: why.Error()}, nil
	} else if err != nil {
		return answer{ID: asked.ID, Result: "reject", Reason: err.Error()}, nil
	}
	return out, nil
}

func main() {
	standard := os.Stdout
	os.Stdout = os.Stderr // pkcs7 prints what it does not support
	if len(os.Args) == 2 && os.Args[1] == "--version" {
		fmt.Fprintln(standard, packages+", "+runtime.Version())
		return
	}
	lines := bufio.NewReader(os.Stdin)
	for {
		line, err := lines.ReadBytes('\n')
		if err != nil {
			return
		}
		out, err := answerTo(line)
		if err == nil {
			err = json.NewEncoder(standard).Encode(out)
		}
		if err != nil {
			fmt.Fprintln(os.Stderr, "peer.go:", err)
			os.Exit(2)
		}
	}
}
