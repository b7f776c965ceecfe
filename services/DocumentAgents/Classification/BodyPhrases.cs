using DocumentAgents.Facts;

namespace DocumentAgents.Classification;

/// <summary>Words that occur inside documents of a type. All folded: lower case, no accents.</summary>
internal static class BodyPhrases
{
    public static IReadOnlyList<PhraseGroup> All { get; } =
    [
        .. TradeWords(), .. LetterWords(), .. ReceiptWords(), .. ContractWords(), .. BankWords(), .. PersonWords(), .. OtherWords(),
    ];

    private static PhraseGroup Body(string type, double weight, params string[] phrases) => new(type, weight, false, phrases);

    private static IEnumerable<PhraseGroup> TradeWords() =>
    [
        Body(DocumentType.Invoice, 4,
            "invoice number", "invoice no", "invoice #", "inv no", "invoice date", "rechnungsnummer", "rechnungs-nr", "rechnungsnr", "rechnung nr", "rechnungsdatum", "numero de facture", "facture n", "date de facture",
            "factuurnummer", "factuurdatum", "factuur nr", "factuur datum", "fakturanummer", "fakturadatum", "fakturanr", "fakturadato", "faktura nr", "numero de factura", "fecha de factura", "numero fattura",
            "data fattura", "numero da fatura", "data da fatura", "laskun numero", "nr faktury", "data wystawienia", "no. invois", "faktura vat nr", "laskunumero", "laskun pvm", "numero factura", "n. fattura", "nº factura", "n° facture", "facture numero", "fatura n", "inv:", "tax invoice no", "bill number", "leistungszeitraum", "leistungsdatum", "invoice to", "invoiced to"),
        Body(DocumentType.Invoice, 2,
            "due date", "payment due", "amount due", "balance due", "payment terms", "bill to", "billing address", "falligkeitsdatum", "zahlungsziel", "zahlbar", "zahlungsbedingungen", "date d'echeance", "net a payer", "vervaldatum",
            "factuuradres", "forfallodatum", "forfallsdato", "forfaldsdato", "att betala", "at betale", "a betale", "fecha de vencimiento", "data scadenza", "data de vencimento", "termin platnosci",
            "nabywca", "sprzedawca", "razem", "betalingsbetingelser", "betalningsvillkor", "total ttc", "total ht", "montant ht", "exclusief btw", "nettobetrag", "rechnungsbetrag", "gesamtbetrag", "bitte uberweisen sie", "zahlbar innert", "zahlbar innerhalb", "zu zahlender betrag", "total a regler", "total a pagar", "pay by", "payable within", "please pay", "payment within", "vencimiento", "vencimento", "vto", "forfalder", "erapaiva", "scadenza", "totale fattura", "total factura", "imponibile", "base imponible", "datos del cliente", "data emissione", "maksettava", "viitenumero", "do zaplaty", "direct deposit", "bank details", "total hors tva", "zahlungsziel"),
        Body(DocumentType.Invoice, 1, "iban", "vat number", "vat no", "vat id", "ust-idnr", "ust.-id", "tva", "btw", "moms", "mva", "iva",
            "subtotal", "unit price", "quantity", "kundennr", "klantnummer"),
        Body(DocumentType.CreditNote, 4, "credit note number", "credit note no", "credit note date", "gutschriftsnummer", "gutschrift nr",
            "gutschrift-nr", "numero d'avoir", "creditnotanummer", "kreditnotanummer", "numero nota di credito"),
        Body(DocumentType.CreditNote, 2, "total credit", "amount credited", "gutschriftsbetrag", "a credit of", "credited to your account",
            "total credited", "returned goods", "en votre faveur", "a votre credit", "er tillgodo", "er tillgode", "till godo", "tillgodo",
            "wir schreiben ihnen", "schreiben wir ihnen gut", "gutgeschrieben", "zu ihren gunsten", "facture d'origine", "avser faktura",
            "zur rechnung", "original invoice", "in respect of our invoice", "a vostro credito", "a su favor", "in uw voordeel",
            "te uwen gunste", "factura rectificada"),
        Body(DocumentType.Invoice, 4, WorldLabels.Number),
        Body(DocumentType.Invoice, 2, [.. WorldLabels.Gross, .. WorldLabels.Tax]),
        Body(DocumentType.PurchaseOrder, 4, WorldLabels.OrderNumber),
        Body(DocumentType.PurchaseOrder, 4,
            "purchase order number", "purchase order no", "po number:", "po date", "order date:", "bestellnummer:", "bestelldatum", "numero de commande", "date de commande", "inkoopordernummer", "orden de compra n",
            "please supply", "please deliver", "vendor:", "ship to:", "deliver to:", "wir bestellen", "hiermit bestellen wir", "nous vous commandons", "numero ordine", "requisitioner", "order total", "total pedido", "total do pedido", "total commande", "bestellen wir", "wir bestellen", "bestelle ich", "bitte liefern sie", "rogamos nos suministren", "les rogamos", "solicitamos el suministro", "vi bestiller", "vi bestaller", "wij bestellen", "gelieve te leveren", "fornecedor", "proveedor", "leverancier", "leverantor", "leverandor", "fornitore", "fournisseur", "lieferant", "date raised", "gewenste leverdatum", "liefertermin", "delivery required", "quoting the order number", "vermeld ons ordernummer", "ordernummer", "auftragsbestatigung erbeten", "wir ersuchen um auftragsbestatigung", "deliver by", "authorised signature", "order date"),
        Body(DocumentType.OrderResponse, 4, "thank you for your order", "dank voor uw bestelling", "dank fur ihre bestellung",
            "dank fur ihren auftrag", "dank voor uw opdracht", "merci de votre commande", "takk for din bestilling",
            "tack for din bestallning", "tak for din ordre", "takk for bestillingen", "obrigado pela sua encomenda",
            "grazie per il vostro ordine", "confirm receipt of your order", "we confirm your order", "your order has been confirmed",
            "wir bestatigen ihre bestellung", "nous confirmons votre commande", "wij bevestigen uw bestelling",
            "vielen dank fur ihre bestellung", "vielen dank fur ihren auftrag", "wie folgt bestatigen", "merci pour votre commande",
            "bedankt voor uw bestelling", "vi bekraftar er order", "vi bekrafter deres ordre", "gracias por su pedido", "auftragswert",
            "we are pleased to confirm"),
        Body(DocumentType.DespatchAdvice, 3, "delivery note no", "delivery note number", "lieferscheinnummer", "lieferschein-nr",
            "lieferschein nr", "pakbonnummer", "quantity shipped", "qty shipped", "gross weight", "carrier:", "tracking number",
            "numero de bon de livraison", "causale del trasporto", "vettore", "qte livree", "colis", "n. colli", "aspetto esteriore",
            "transportiste", "geliefert", "consignee", "shipper", "cartons", "pallets", "received in good", "recu en bon etat", "packages",
            "bultos", "transportista", "antal kolli", "leverans", "empfanger"),
    ];

    private static IEnumerable<PhraseGroup> LetterWords() =>
    [
        Body(DocumentType.Quotation, 4, "quotation number", "quote number", "quotation no", "quote no", "valid until", "this quotation",
            "angebotsnummer", "angebot nr", "gultig bis", "numero de devis", "valable jusqu'au", "offertenummer", "offertnummer",
            "tilbudsnummer", "giltig till", "this price holds", "prices are valid", "valid for", "freibleibend", "bieten wir ihnen",
            "wir bieten ihnen", "anbieten zu konnen", "gebunden", "sommes heureux de vous proposer", "nous vous proposons",
            "offre valable", "valable trois mois", "proposition valable", "vi tilbyr", "vi tilbyder", "vi offererar", "offerta valida",
            "oferta valida", "proposta valida", "bieden wij u aan", "validite de l'offre", "bon pour accord", "geldig tot", "geldigheid",
            "vrijblijvend", "valido hasta", "validez de la oferta", "validita dell'offerta", "angebotssumme", "estimate total",
            "asking us to", "prepared for", "acceptance", "gyldig til", "galler till"),
        Body(DocumentType.Reminder, 4, "has not been paid", "still outstanding", "overdue", "we have not received payment", "mahngebuhr",
            "uberfallig", "n'a pas ete regle", "impayee", "nog niet voldaan", "herinneringskosten", "rykkergebyr", "paminnelseavgift",
            "noch nicht beglichen", "outstanding balance", "our records show", "request for payment", "received your payment",
            "settle the account", "further charges", "avoid further", "was due on", "second request", "legal action", "please disregard",
            "falls sie bereits", "sollten sie bereits", "croise ce courrier", "si votre paiement", "indien u reeds",
            "bereits bezahlt haben", "schon bezahlt", "remains unpaid", "past due", "not yet received", "we have not received",
            "noch keinen zahlungseingang", "offenen betrag", "offene posten", "in verzug", "mahnkosten", "verzugszinsen", "malgre notre",
            "reste impayee", "demeure impayee", "nog geen betaling ontvangen", "openstaande bedrag", "eerdere herinnering",
            "risulta ancora insoluta", "insoluta", "non risulta pervenuto", "ancora pervenuto", "pendiente de pago", "no hemos recibido",
            "se encuentra impagada", "ikke modtaget", "ikke mottatt", "annu inte", "inte mottagit", "nao recebemos", "em atraso"),
        Body(DocumentType.RemittanceAdvice, 4, "we have paid", "payment has been made", "the following invoices have been paid",
            "amount remitted", "payment reference:", "remitted to your account", "auf ihr konto", "wir haben heute", "uberwiesen",
            "will reach your account", "in settlement of", "zahlbetrag", "summe der zahlung", "nous avons vire", "virement effectue",
            "wij hebben betaald", "hemos realizado", "hemos transferido", "abbiamo disposto", "paid to you", "supplier ref",
            "kreditorenbuchhaltung", "accounts payable"),
    ];

    private static IEnumerable<PhraseGroup> ReceiptWords() =>
    [
        Body(DocumentType.Receipt, 3, "cashier", "change due", "cash received", "amount tendered", "tendered", "thank you for shopping",
            "thank you for your purchase", "please come again", "goods sold are not", "receipt no", "receipt #",
            "receipt#", "bill no", "terminal", "merchant copy", "customer copy", "paid by", "wechselgeld", "ruckgeld", "gegeben", "es bediente sie", "vielen dank fur ihren einkauf", "kassierer", "rendu", "especes", "caissier",
            "merci de votre visite", "wisselgeld", "contant", "pinbetaling", "bedankt", "tillbaka", "oppet kop", "kassorska", "tilbage", "byttepenge", "cambio", "efectivo", "gracias por su compra", "resto", "contanti", "troco",
            "dinheiro", "obrigado", "baki", "tunai", "terima kasih", "cash payment", "cash inv", "cash invoice", "member discount", "return policy", "paid through", "payment received", "auth code", "approval code", "served by", "your server", "table no", "items sold", "pagamento elettronico", "importo pagato", "pagamento contante", "totale complessivo", "bar bezahlt", "karte bezahlt", "kartenzahlung", "girocard", "bankpas", "kontokort", "dankort", "bankkort", "tarjeta bancaria", "carte bancaire", "sans contact", "multibanco", "interac", "pump", "gallons", "bewaar deze bon", "spara kvittot", "valkommen ater", "no refunds", "refunds", "a bientot", "vendeur", "kassa", "kasse", "caisse", "caja", "filiale", "filiaal", "thanks for riding", "se admiten devoluciones", "paid with", "kvittera", "varer i alt", "devoluciones con ticket"),
        Body(DocumentType.Receipt, 2, "change", "cash", "rounding", "gst summary", "tax summary", "thank you", "total items", "item count",
            "visa", "mastercard", "debit card", "ec-karte", "card number", "pos", "register", "till", "store #", "counter", "danke",
            "merci", "tack", "tak for", "gracias", "grazie", "check in", "check out", "booking id", "tip", "gratuity", "operator"),
    ];

    private static IEnumerable<PhraseGroup> ContractWords() =>
    [
        Body(DocumentType.Contract, 4, "by and between", "entered into", "whereas", "now, therefore", "now therefore",
            "in witness whereof", "hereinafter", "governed by and construed", "the parties agree",
            "terms and conditions of this agreement", "this agreement shall",
            "zwischen den parteien", "vertragspartner", "wird folgender vertrag", "entre les soussignes", "il a ete convenu", "de ondergetekenden", "komen overeen", "mellan parterna", "har traffats foljande avtal", "mellem parterne", "reunidos", "las partes acuerdan",
            "le parti convengono", "si conviene", "ci-apres", "nachfolgend", "im folgenden", "hierna te noemen", "hierna", "di seguito", "en adelante", "doravante", "nedan kallad", "heretter", "herefter", "si stipula", "arrete et convenu", "zijn het volgende overeengekomen", "wird folgendes vereinbart", "folgendes vereinbart", "vereinbaren", "en prueba de conformidad", "made effective as of", "registered office is at", "fait en deux exemplaires", "en deux exemplaires", "in tweevoud", "aldus overeengekomen", "e acordado", "exponen", "clausulas", "agreed terms", "as seller", "as purchaser", "as partes acordam", "entre as partes", "antara pihak"),
        Body(DocumentType.Contract, 2, "governing law", "this agreement", "the parties", "confidential information", "hereby", "herein",
            "hereto", "indemnify", "termination", "force majeure", "entire agreement", "severability", "anwendbares recht", "kundigung",
            "vertragsdauer", "gerichtsstand", "droit applicable", "resiliation", "toepasselijk recht", "opzegging", "tillamplig lag", "uppsagning", "lovvalg", "opsigelse", "ley aplicable", "rescision", "legge applicabile", "recesso", "lei aplicavel",
            "each party", "breach", "representations and warranties", "obligations of", "non-disclosure", "non-solicitation", "probezeit", "arbeitgeber", "arbeitnehmer", "vermieter", "mieter", "locataire", "bailleur", "loueur", "prestataire", "verhuurder", "huurder", "werkgever", "werknemer", "comodatario", "locatore", "conduttore", "arrendador", "arrendatario", "arrendadora", "arrendataria", "foro competente", "governed by", "the owner shall", "hyresvard", "hyresgast", "udlejer", "lejer", "utleier", "leietaker"),
    ];

    private static IEnumerable<PhraseGroup> BankWords() =>
    [
        Body(DocumentType.BankStatement, 4, "opening balance", "closing balance", "beginning balance", "ending balance",
            "balance brought forward", "balance carried forward", "statement period", "previous balance", "new balance",
            "available balance",
            "alter kontostand", "neuer kontostand", "anfangssaldo", "endsaldo", "kontostand am", "ancien solde", "nouveau solde", "solde crediteur", "beginsaldo", "eindsaldo", "vorig saldo", "nieuw saldo", "ingaende saldo", "utgaende saldo",
            "inngaende saldo", "primosaldo", "saldo anterior", "saldo final", "saldo iniziale", "saldo finale", "start balance", "starting balance", "end balance", "money in", "money out", "paid in", "paid out", "saldovortrag", "schlusssaldo", "solde au", "saldo al", "saldo fra", "ut av konto", "inn pa konto", "balance on", "saldo per", "saldo i deres favor", "loppusaldo", "alkusaldo", "saldo poczatkowe", "saldo koncowe", "relyvikt", "ending daily balance", "fecha valor", "saldo inicial", "baki awal", "baki akhir"),
        Body(DocumentType.BankStatement, 2, "account number", "account holder", "sort code", "withdrawals", "deposits", "debits",
            "credits", "transaction date", "value date", "buchungstag", "buchungsdatum", "valuta", "wertstellung", "date valeur", "debit",
            "credit",
            "rekeningnummer", "boekdatum", "bokforingsdag", "bokforingsdato", "kontonummer", "numero de cuenta", "fecha valor", "data valuta", "data contabile", "saldo", "iban", "bic", "belastung", "account no", "direct debit", "cash machine", "kontohaver", "kontoinhaber", "lautend auf", "titulaire", "titular", "checking", "soll", "haben", "libelle", "virement", "prelevement", "insattning", "uttag"),
    ];

    private static IEnumerable<PhraseGroup> PersonWords() =>
    [
        Body(DocumentType.Resume, 3, "work experience", "professional experience", "employment history", "career objective",
            "professional summary", "work history", "technical skills", "berufserfahrung", "beruflicher werdegang", "ausbildung",
            "experience professionnelle",
            "formation", "competences", "werkervaring", "opleiding", "vaardigheden", "arbetslivserfarenhet", "utbildning", "erhvervserfaring", "uddannelse", "arbeidserfaring", "utdanning", "experiencia profesional", "experiencia laboral", "formacion academica",
            "esperienza professionale", "esperienze lavorative", "istruzione", "experiencia profissional", "formacao", "pengalaman kerja", "references available", "parcours professionnel", "praktische erfahrung", "berufspraxis", "esperienze di lavoro", "loopbaan", "erfaring", "academic background", "academic qualifications", "career history", "diplomes", "schule und lehre", "schulbildung", "studium", "studies", "studi", "formazione", "tyokokemus", "koulutus", "pracovni zkusenosti", "pracovne skusenosti", "vzdelani", "vzdelanie", "szakmai tapasztalat", "tanulmanyok", "experienta profesionala", "educatie si formare", "radno iskustvo", "delovne izkusnje", "doswiadczenie", "wyksztalcenie", "percurso profissional", "trayectoria profesional"),
        Body(DocumentType.Resume, 2, "experience", "employment", "education", "skills", "interests", "hobbies", "languages", "references",
            "certifications", "achievements", "objective", "publications", "awards", "volunteer", "kenntnisse", "sprachen", "langues",
            "loisirs", "talen", "sprak", "sprog", "idiomas", "lingue", "linkedin", "github", "about me", "talenkennis", "sprachkenntnisse",
            "centres d'interet", "competenze", "kompetenser", "kompetencer", "kompetanse", "fuhrerschein", "profil", "profile",
            "strengths", "kurse", "hobby's"),
        Body(DocumentType.IdentityDocument, 3, "date of birth", "place of birth", "nationality", "given names", "surname",
            "date of expiry", "issuing authority", "passport no", "document no", "holder's signature", "geburtsdatum", "geburtsort",
            "staatsangehorigkeit",
            "vornamen", "gultig bis", "date de naissance", "lieu de naissance", "nationalite", "prenoms", "date d'expiration", "geboortedatum", "nationaliteit", "fodelsedatum", "nationalitet", "fodselsdato", "fecha de nacimiento", "nacionalidad", "data di nascita", "geboren am", "geb. am", "karten-nr", "augenfarbe", "colour of eyes", "numero de documento", "apellidos", "date de naiss", "lieu de naiss", "n° du document", "cognome", "luogo di nascita", "fodested", "specimen", "especimen", "personal number", "personnummer", "cittadinanza", "data de nascimento"),
    ];

    private static IEnumerable<PhraseGroup> OtherWords() =>
    [
        Body(DocumentType.Form, 3, "please complete", "please print", "please fill", "for official use only", "for office use only",
            "check only one", "tick the box", "attach photo", "signature of applicant", "applicant's signature", "name of applicant",
            "bitte ausfullen", "zutreffendes ankreuzen", "antragsteller", "unterschrift des antragstellers", "cochez", "a remplir", "signature du demandeur", "aankruisen", "invullen", "handtekening aanvrager", "kryssa for", "sokande", "underskrift", "marque con una x", "firma del solicitante",
            "firma del richiedente", "assinatura do requerente", "yes / no", "yes no", "mark with x", "block letters", "block capitals", "i agree to the", "i would like", "erziehungsberechtigte", "ort, datum", "datum, unterschrift", "please tick", "delete as appropriate", "data e firma", "firma e data", "lugar y fecha", "fait a", "kruis aan"),
        Body(DocumentType.ClinicalRecord, 3, "patient name", "patient id", "date of admission", "date of discharge", "diagnosis",
            "chief complaint", "history of present illness", "medications", "allergies", "physical examination", "vital signs",
            "medical record number",
            "diagnose", "anamnese", "medikation", "antecedents", "traitement", "diagnostico", "diagnosi", "blood pressure", "attending physician", "entlassung", "medikation bei entlassung", "antecedents", "examen clinique", "ordonnance", "therapie", "procedere", "befund", "hausarzt", "mmhg", "oberarzt", "echographie", "esame obiettivo", "terapia", "exploracion", "tratamiento", "ne(e) le", "vaccin", "lab results", "reference range"),
        Body(DocumentType.InsuranceClaim, 3, "claim number", "policy number", "date of loss", "claimant", "schadennummer",
            "versicherungsnummer", "versicherungsnehmer", "numero de sinistre", "polisnummer", "skadenummer", "numero de poliza",
            "numero sinistro", "schadentag", "schadenhohe", "schadenart", "hergang", "versicherungsschein-nr", "date of accident",
            "description of damage", "estimated damage", "circonstances", "schadedatum", "skadedatum", "fecha del siniestro",
            "data del sinistro"),
        Body(DocumentType.Other, 4, "job announcement", "how to apply", "salary range", "job summary", "duty location",
            "summary statistics", "executive summary", "prepared by", "table of contents", "monthly budget", "warehouse", "variance",
            "we are hiring", "equal opportunity employer"),
        Body(DocumentType.Other, 4,
            "annual premium", "sum insured", "policy booklet", "cover from", "versicherungssumme", "jahresbeitrag", "capital assure", "verzekerd bedrag", "gross pay", "net pay", "tax code", "pay period", "salaire brut", "net a payer avant impot", "cotisations", "bruttolohn", "nettolohn", "brutto loon", "netto loon",
            "bruttolon", "nettolon", "salario bruto", "devengos", "liquido a percibir", "stipendio lordo", "netto in busta", "sozialversicherung", "lohnsteuer", "national ins", "ingredients", "zutaten", "zubereitung", "ingredienti", "ingredientes", "ingredienser", "ingredienten", "bereiding",
            "taxable income", "income tax", "steuerpflichtig", "impot sur le revenu", "aanwezig", "anwesend", "presenti", "asistentes", "narvarande", "til stede", "apologies", "action items", "rondvraag", "et al", "this thesis", "table of contents",
            "installation", "upgrade notes", "java.lang", "using system", "public class", "#include", "stack trace", "tagblatt"),
    ];
}
