// Everything that a decoded message lets reach, one value after another.
#pragma once

#include <scepcodec/cms/enveloped_data.h>
#include <scepcodec/scep/certs_only.h>
#include <scepcodec/scep/pki_message.h>

namespace sceptest {

class Visitor {
public:
    virtual ~Visitor() = default;
    // The content octets of one value that is not looked into further.
    virtual void value(const char* field, scep::der::Input content) = 0;
    // The whole octets of a structure, before what is inside.
    virtual void structure(scep::der::Input) {}
    virtual void error(const scep::Error&) {}
};

// Decodes what `message` is (a ContentInfo, a messageData, a Certificate, a CRL) and walks it. Without `sources` only strict DER is read
// and nothing is allocated; with it each layer is normalised first.
void walk(scep::der::Input message, Visitor& visitor, scep::Sources* sources = nullptr);
void walk(const scep::PkiMessage& message, Visitor& visitor, scep::Sources* sources = nullptr);

} // namespace sceptest
