// Go's contender: github.com/fullsailor/pkcs7, which SCEP servers in Go are written with. The protocol is that of process.h.
package main

import (
	"bufio"
	"crypto"
	"crypto/x509"
	"encoding/asn1"
	"encoding/hex"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/fullsailor/pkcs7"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "Go:", err)
		os.Exit(1)
	}
}

func contents(path string) []byte {
	octets, err := os.ReadFile(path)
	must(err)
	return octets
}

type field struct {
	name  string
	value []byte
}

var arc = asn1.ObjectIdentifier{2, 16, 840, 1, 113733, 1, 9}
var names = []string{"messageType", "pkiStatus", "failInfo", "senderNonce", "recipientNonce", "transactionID"}

func fields(message *pkcs7.PKCS7) []field {
	out := []field{{"signer certificate", message.Certificates[0].Raw}, {"content", message.Content}}
	for i, name := range names {
		var value asn1.RawValue
		if message.UnmarshalSignedAttribute(append(arc[:7:7], i+2), &value) == nil {
			out = append(out, field{name, value.Bytes})
		}
	}
	return out
}

type held struct {
	octets    []byte
	recipient *x509.Certificate
	key       crypto.PrivateKey
}

func parse(octets []byte) *pkcs7.PKCS7 {
	message, err := pkcs7.Parse(octets)
	must(err)
	return message
}

func verified(octets []byte) (*pkcs7.PKCS7, []field) {
	message := parse(octets)
	must(message.Verify())
	return message, append(fields(message), field{"signature", []byte("valid")})
}

func works(name string, on held) func() []field {
	switch name {
	case "parse":
		return func() []field { return fields(parse(on.octets)) }
	case "verify":
		return func() []field { _, out := verified(on.octets); return out }
	case "open", "open request", "open answer":
		return func() []field {
			message, out := verified(on.octets)
			data, err := parse(message.Content).Decrypt(on.recipient, on.key)
			must(err)
			out = append(out, field{"messageData", data})
			if name == "open request" {
				request, err := x509.ParseCertificateRequest(data)
				must(err)
				out = append(out, field{"inner subject", request.RawSubject})
			} else if name == "open answer" {
				out = append(out, field{"inner subject", parse(data).Certificates[0].RawSubject})
			}
			return out
		}
	case "certificates":
		return func() []field {
			all := parse(on.octets).Certificates
			return []field{{"first", all[0].Raw}, {"last", all[len(all)-1].Raw}, {"certificates", []byte(fmt.Sprint(len(all)))}}
		}
	}
	must(fmt.Errorf("no work %s", name))
	return nil
}

func load(path string) held {
	out := held{octets: contents(path + ".der")}
	if octets, err := os.ReadFile(path + ".key"); err == nil {
		out.key, err = x509.ParsePKCS8PrivateKey(octets)
		must(err)
		out.recipient, err = x509.ParseCertificate(contents(path + ".recipient"))
		must(err)
	}
	return out
}

var sink []field

func processorTime() time.Duration {
	var usage syscall.Rusage
	must(syscall.Getrusage(syscall.RUSAGE_SELF, &usage))
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// Nanoseconds of processor time of one operation, the collector's included, over at least that many milliseconds.
func measure(work func() []field, milliseconds int) float64 {
	least := time.Duration(milliseconds) * time.Millisecond
	start, spent := time.Now(), processorTime()
	for count := 1; ; count++ {
		sink = work()
		if time.Since(start) >= least {
			return float64(processorTime()-spent) / float64(count)
		}
	}
}

func main() {
	fmt.Println(runtime.Version() + ", fullsailor/pkcs7")
	loaded := map[string]held{}
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		words := strings.Split(lines.Text(), "\t")
		if _, there := loaded[words[2]]; !there {
			loaded[words[2]] = load(words[2])
		}
		work := works(words[1], loaded[words[2]])
		if words[0] == "time" {
			fmt.Println(measure(work, 20))
			continue
		}
		measure(work, 200)
		for _, field := range work() {
			fmt.Print(field.name, "=", hex.EncodeToString(field.value), "\t")
		}
		fmt.Println()
	}
}
