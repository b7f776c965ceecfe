using DocumentAgents.Facts;

namespace DocumentAgents.Classification;

/// <summary>Words that occur inside documents of a type. All folded: lower case, no accents.</summary>
internal static class BodyPhrases
{
    public static IReadOnlyList<PhraseGroup> All { get; } =
    [
        .. Trade(), .. ReceiptWords(), .. ContractWords(), .. BankWords(), .. PersonWords(), .. OtherWords(),
    ];

    private static PhraseGroup Body(string type, double weight, params string[] phrases) => new(type, weight, false, phrases);

    private static IEnumerable<PhraseGroup> Trade() =>
    [
        Body(DocumentType.Invoice, 4,
            "invoice number", "invoice no", "invoice #", "inv no", "invoice date", "rechnungsnummer", "rechnungs-nr", "rechnungsnr", "rechnung nr", "rechnungsdatum", "numero de facture", "facture n", "date de facture",
            "factuurnummer", "factuurdatum", "factuur nr", "factuur datum", "fakturanummer", "fakturadatum", "fakturanr", "fakturadato", "faktura nr", "numero de factura", "fecha de factura", "numero fattura",
            "data fattura", "numero da fatura", "data da fatura", "laskun numero", "nr faktury", "data wystawienia", "no. invois"),
        Body(DocumentType.Invoice, 2,
            "due date", "payment due", "amount due", "balance due", "payment terms", "bill to", "billing address", "falligkeitsdatum", "zahlungsziel", "zahlbar", "zahlungsbedingungen", "date d'echeance", "net a payer", "vervaldatum",
            "factuuradres", "forfallodatum", "forfallsdato", "forfaldsdato", "att betala", "at betale", "a betale", "fecha de vencimiento", "data scadenza", "data de vencimento", "termin platnosci",
            "nabywca", "sprzedawca", "razem", "betalingsbetingelser", "betalningsvillkor", "total ttc", "total ht", "montant ht", "exclusief btw", "nettobetrag", "rechnungsbetrag", "gesamtbetrag"),
        Body(DocumentType.Invoice, 1, "iban", "vat number", "vat no", "vat id", "ust-idnr", "ust.-id", "tva", "btw", "moms", "mva", "iva", "subtotal", "unit price", "quantity", "kundennr", "klantnummer"),
        Body(DocumentType.CreditNote, 4, "credit note number", "credit note no", "credit note date", "gutschriftsnummer", "gutschrift nr", "numero d'avoir", "creditnotanummer", "kreditnotanummer", "numero nota di credito"),
        Body(DocumentType.CreditNote, 2, "total credit", "amount credited", "gutschriftsbetrag", "a credit of", "credited to your account"),
        Body(DocumentType.PurchaseOrder, 4,
            "purchase order number", "purchase order no", "po number:", "po date", "order date:", "bestellnummer:", "bestelldatum", "numero de commande", "date de commande", "inkoopordernummer", "orden de compra n",
            "please supply", "please deliver", "vendor:", "ship to:", "deliver to:", "wir bestellen", "hiermit bestellen wir", "nous vous commandons", "numero ordine", "requisitioner"),
        Body(DocumentType.OrderResponse, 4, "thank you for your order", "we confirm your order", "your order has been confirmed", "wir bestatigen ihre bestellung", "nous confirmons votre commande", "wij bevestigen uw bestelling"),
        Body(DocumentType.DespatchAdvice, 3, "delivery note no", "delivery note number", "lieferscheinnummer", "lieferschein-nr", "lieferschein nr", "pakbonnummer", "quantity shipped", "qty shipped", "gross weight", "carrier:", "tracking number", "numero de bon de livraison"),
        Body(DocumentType.Quotation, 4, "quotation number", "quote number", "quotation no", "quote no", "valid until", "this quotation", "angebotsnummer", "angebot nr", "gultig bis", "numero de devis", "valable jusqu'au", "offertenummer", "offertnummer", "tilbudsnummer", "giltig till"),
        Body(DocumentType.Reminder, 4, "has not been paid", "still outstanding", "overdue", "we have not received payment", "mahngebuhr", "uberfallig", "n'a pas ete regle", "impayee", "nog niet voldaan", "herinneringskosten", "rykkergebyr", "paminnelseavgift", "noch nicht beglichen"),
        Body(DocumentType.RemittanceAdvice, 4, "we have paid", "payment has been made", "the following invoices have been paid", "amount remitted", "payment reference:", "remitted to your account"),
    ];

    private static IEnumerable<PhraseGroup> ReceiptWords() =>
    [
        Body(DocumentType.Receipt, 3, "cashier", "change due", "cash received", "amount tendered", "tendered", "thank you for shopping", "thank you for your purchase", "please come again", "goods sold are not", "receipt no", "receipt #",
            "receipt#", "bill no", "terminal", "merchant copy", "customer copy", "paid by", "wechselgeld", "ruckgeld", "gegeben", "es bediente sie", "vielen dank fur ihren einkauf", "kassierer", "rendu", "especes", "caissier",
            "merci de votre visite", "wisselgeld", "contant", "pinbetaling", "bedankt", "tillbaka", "oppet kop", "kassorska", "tilbage", "byttepenge", "cambio", "efectivo", "gracias por su compra", "resto", "contanti", "troco",
            "dinheiro", "obrigado", "baki", "tunai", "terima kasih", "cash payment", "cash inv", "cash invoice", "member discount", "return policy", "paid through", "payment received", "auth code", "approval code", "served by", "your server", "table no", "items sold"),
        Body(DocumentType.Receipt, 2, "change", "cash", "rounding", "gst summary", "tax summary", "thank you", "total items", "item count", "visa", "mastercard", "debit card", "ec-karte", "card number", "pos", "register", "till", "store #", "counter", "danke", "merci", "tack", "tak for", "gracias", "grazie", "check in", "check out", "booking id", "tip", "gratuity", "operator"),
    ];

    private static IEnumerable<PhraseGroup> ContractWords() =>
    [
        Body(DocumentType.Contract, 4, "by and between", "entered into", "whereas", "now, therefore", "now therefore", "in witness whereof", "hereinafter", "governed by and construed", "the parties agree", "terms and conditions of this agreement", "this agreement shall",
            "zwischen den parteien", "vertragspartner", "wird folgender vertrag", "entre les soussignes", "il a ete convenu", "de ondergetekenden", "komen overeen", "mellan parterna", "har traffats foljande avtal", "mellem parterne", "reunidos", "las partes acuerdan",
            "le parti convengono", "si conviene", "as partes acordam", "entre as partes", "antara pihak"),
        Body(DocumentType.Contract, 2, "governing law", "this agreement", "the parties", "confidential information", "hereby", "herein", "hereto", "indemnify", "termination", "force majeure", "entire agreement", "severability", "anwendbares recht", "kundigung",
            "vertragsdauer", "gerichtsstand", "droit applicable", "resiliation", "toepasselijk recht", "opzegging", "tillamplig lag", "uppsagning", "lovvalg", "opsigelse", "ley aplicable", "rescision", "legge applicabile", "recesso", "lei aplicavel",
            "each party", "breach", "representations and warranties", "obligations of", "non-disclosure", "non-solicitation"),
    ];

    private static IEnumerable<PhraseGroup> BankWords() =>
    [
        Body(DocumentType.BankStatement, 4, "opening balance", "closing balance", "beginning balance", "ending balance", "balance brought forward", "balance carried forward", "statement period", "previous balance", "new balance", "available balance",
            "alter kontostand", "neuer kontostand", "anfangssaldo", "endsaldo", "kontostand am", "ancien solde", "nouveau solde", "solde crediteur", "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo", "ingaende saldo", "utgaende saldo",
            "inngaende saldo", "primosaldo", "saldo anterior", "saldo final", "saldo iniziale", "saldo finale", "saldo inicial", "baki awal", "baki akhir"),
        Body(DocumentType.BankStatement, 2, "account number", "account holder", "sort code", "withdrawals", "deposits", "debits", "credits", "transaction date", "value date", "buchungstag", "buchungsdatum", "valuta", "wertstellung", "date valeur", "debit", "credit",
            "rekeningnummer", "boekdatum", "bokforingsdag", "bokforingsdato", "kontonummer", "numero de cuenta", "fecha valor", "data valuta", "data contabile", "saldo", "iban", "bic"),
    ];

    private static IEnumerable<PhraseGroup> PersonWords() =>
    [
        Body(DocumentType.Resume, 3, "work experience", "professional experience", "employment history", "career objective", "professional summary", "work history", "technical skills", "berufserfahrung", "beruflicher werdegang", "ausbildung", "experience professionnelle",
            "formation", "competences", "werkervaring", "opleiding", "vaardigheden", "arbetslivserfarenhet", "utbildning", "erhvervserfaring", "uddannelse", "arbeidserfaring", "utdanning", "experiencia profesional", "experiencia laboral", "formacion academica",
            "esperienza professionale", "esperienze lavorative", "istruzione", "experiencia profissional", "formacao", "pengalaman kerja", "references available"),
        Body(DocumentType.Resume, 2, "experience", "employment", "education", "skills", "interests", "hobbies", "languages", "references", "certifications", "achievements", "objective", "publications", "awards", "volunteer", "kenntnisse", "sprachen", "langues", "loisirs", "talen", "sprak", "sprog", "idiomas", "lingue", "linkedin", "github"),
        Body(DocumentType.IdentityDocument, 3, "date of birth", "place of birth", "nationality", "given names", "surname", "date of expiry", "issuing authority", "passport no", "document no", "holder's signature", "geburtsdatum", "geburtsort", "staatsangehorigkeit",
            "vornamen", "gultig bis", "date de naissance", "lieu de naissance", "nationalite", "prenoms", "date d'expiration", "geboortedatum", "nationaliteit", "fodelsedatum", "nationalitet", "fodselsdato", "fecha de nacimiento", "nacionalidad", "data di nascita", "cittadinanza", "data de nascimento"),
    ];

    private static IEnumerable<PhraseGroup> OtherWords() =>
    [
        Body(DocumentType.Form, 3, "please complete", "please print", "please fill", "for official use only", "for office use only", "check only one", "tick the box", "attach photo", "signature of applicant", "applicant's signature", "name of applicant",
            "bitte ausfullen", "zutreffendes ankreuzen", "antragsteller", "unterschrift des antragstellers", "cochez", "a remplir", "signature du demandeur", "aankruisen", "invullen", "handtekening aanvrager", "kryssa for", "sokande", "underskrift", "marque con una x", "firma del solicitante",
            "firma del richiedente", "assinatura do requerente", "yes / no", "yes no", "mark with x", "block letters", "block capitals"),
        Body(DocumentType.ClinicalRecord, 3, "patient name", "patient id", "date of admission", "date of discharge", "diagnosis", "chief complaint", "history of present illness", "medications", "allergies", "physical examination", "vital signs", "medical record number",
            "diagnose", "anamnese", "medikation", "antecedents", "traitement", "diagnostico", "diagnosi", "blood pressure", "attending physician"),
        Body(DocumentType.InsuranceClaim, 3, "claim number", "policy number", "policyholder", "date of loss", "insured", "claimant", "schadennummer", "versicherungsnummer", "versicherungsnehmer", "numero de sinistre", "polisnummer", "skadenummer", "numero de poliza", "numero sinistro"),
        Body(DocumentType.Other, 4, "job announcement", "how to apply", "salary range", "job summary", "duty location", "summary statistics", "executive summary", "prepared by", "table of contents", "monthly budget", "warehouse", "variance", "we are hiring", "equal opportunity employer"),
    ];
}
