package sim

import (
	"slices"
	"time"
)

// World is what a simulator holds when it starts: one access token, the app it
// belongs to, and the WhatsApp Business Accounts it sees.
//
// What a world leaves out is filled in by [New] with what a healthy account or
// number shows; the fields below say with what.
type World struct {
	// Token is the access token that works. New makes one up when it is empty.
	Token string `json:"token,omitempty"`
	// TokenType is what debug_token calls the token: SYSTEM_USER (the default)
	// or USER.
	TokenType string `json:"token_type,omitempty"`
	// TokenExpires is the moment from which the token is refused; zero means never.
	TokenExpires time.Time `json:"token_expires,omitzero"`
	// DataAccessExpires is shown by debug_token only; zero means never. Tokens of
	// users have such a date even when they never expire themselves.
	DataAccessExpires time.Time `json:"data_access_expires,omitzero"`
	// Scopes are the permissions of the token; nil means both WhatsApp scopes, and
	// an empty list means none.
	Scopes []string `json:"scopes,omitempty"`
	// App is the app that the token was made for.
	App App `json:"app,omitzero"`
	// Accounts are the WhatsApp Business Accounts assigned to the token.
	Accounts []Account `json:"accounts"`
}

// App is the app of the access token.
type App struct {
	// ID is the app's id, digits; New makes one up when it is empty.
	ID string `json:"id,omitempty"`
	// Name is the app's name as debug_token shows it.
	Name string `json:"name,omitempty"`
	// Secret is the key of appsecret_proof. A proof sent to an app without a
	// secret is wrong whatever it says.
	Secret string `json:"secret,omitempty"`
	// RequireProof is the app's setting "Require App Secret": calls without an
	// appsecret_proof are refused.
	RequireProof bool `json:"require_proof,omitempty"`
	// Subscriptions are the app's webhooks, one for each type of object.
	Subscriptions []AppSubscription `json:"subscriptions,omitempty"`
}

// clone returns a copy that shares nothing with a.
func (a App) clone() App {
	a.Subscriptions = slices.Clone(a.Subscriptions)
	for i, sub := range a.Subscriptions {
		a.Subscriptions[i].Fields = slices.Clone(sub.Fields)
	}
	return a
}

// Account is one WhatsApp Business Account.
type Account struct {
	// ID is the account's id, digits.
	ID string `json:"id"`
	// Name is the account's name; empty is allowed.
	Name string `json:"name,omitempty"`
	// BusinessID is the id of the business portfolio that owns the account; New
	// makes one up when it is empty.
	BusinessID string `json:"business_id,omitempty"`
	// SharedWith is the id of the portfolio of a partner that the account is shared
	// with, among whose clients it is listed; "" for none.
	SharedWith string `json:"shared_with,omitempty"`
	// Currency is USD by default, TimezoneID 1, and Country US.
	Currency   string `json:"currency,omitempty"`
	TimezoneID string `json:"timezone_id,omitempty"`
	Country    string `json:"country,omitempty"`
	// Status is ACTIVE by default, ReviewStatus APPROVED, and VerificationStatus, in
	// lower case, verified.
	Status             string `json:"status,omitempty"`
	ReviewStatus       string `json:"account_review_status,omitempty"`
	VerificationStatus string `json:"business_verification_status,omitempty"`
	// OwnershipType is SELF by default, and CLIENT_OWNED for an account that is shared.
	OwnershipType string `json:"ownership_type,omitempty"`
	// TemplateNamespace is made of the id by default.
	TemplateNamespace string `json:"message_template_namespace,omitempty"`
	// Created is by default a year before the simulator starts.
	Created time.Time `json:"creation_time,omitzero"`
	// FundingID is the id of the means of payment, "" for none.
	FundingID string `json:"primary_funding_id,omitempty"`
	// InsightsEnabled says that there are figures about templates.
	InsightsEnabled bool `json:"is_enabled_for_insights,omitempty"`
	// Apps are the apps that are subscribed to the account, the token's own and others.
	Apps []Subscription `json:"subscribed_apps,omitempty"`
	// Numbers are the account's phone numbers, the oldest first.
	Numbers []Number `json:"numbers,omitempty"`
}

// clone returns a copy without the numbers that shares nothing with a.
func (a Account) clone() Account {
	a.Apps = slices.Clone(a.Apps)
	a.Numbers = nil
	return a
}

// Number is the truth about one phone number. What the API shows of it may lag
// behind, see [WithPolls] and [WithStaleReads].
//
// The enumerations are Meta's and open: any string is kept and shown.
type Number struct {
	// ID is the phone number id, digits. It is not the phone number.
	ID string `json:"id"`
	// AccountID is the id of the account that the number is on. A Server fills it
	// in; it is no part of a seed, where the number stands inside its account.
	AccountID string `json:"-"`
	// DisplayPhoneNumber is the number itself, formatted, such as "+1 555-010-0001".
	DisplayPhoneNumber string `json:"display_phone_number,omitempty"`
	// VerifiedName is the display name in force.
	VerifiedName string `json:"verified_name,omitempty"`
	// Status is CONNECTED for a number in use (the default of one with a platform),
	// PENDING for one never registered (the default otherwise), DISCONNECTED,
	// BANNED, FLAGGED, RESTRICTED, RATE_LIMITED, MIGRATED or DELETED.
	Status string `json:"status,omitempty"`
	// PlatformType is CLOUD_API, ON_PREMISE (the default of a number with a
	// deployment) or NOT_APPLICABLE, the default otherwise.
	PlatformType string `json:"platform_type,omitempty"`
	// CodeVerificationStatus says whether ownership was proven by a one-time code:
	// VERIFIED (the default), NOT_VERIFIED or EXPIRED.
	CodeVerificationStatus string `json:"code_verification_status,omitempty"`
	// NameStatus is the outcome of the review of VerifiedName; default APPROVED.
	NameStatus string `json:"name_status,omitempty"`
	// NewDisplayName is a display name under review or waiting for a registration,
	// "" for none.
	NewDisplayName string `json:"new_display_name,omitempty"`
	// NewNameStatus is the outcome of the review of NewDisplayName. Once it is
	// APPROVED the next registration brings the name into force.
	NewNameStatus string `json:"new_name_status,omitempty"`
	// QualityRating is GREEN, YELLOW, RED, NA or UNKNOWN, the default.
	QualityRating string `json:"quality_rating,omitempty"`
	// AccountMode is LIVE (the default) or SANDBOX.
	AccountMode string `json:"account_mode,omitempty"`
	// ThroughputLevel is STANDARD (the default on the Cloud API), HIGH or
	// NOT_APPLICABLE (the default elsewhere).
	ThroughputLevel string `json:"throughput_level,omitempty"`
	// MessagingLimit is the portfolio's limit: TIER_250 (the default), TIER_2K,
	// TIER_10K, TIER_100K, TIER_UNLIMITED or UNTIERED.
	MessagingLimit string `json:"whatsapp_business_manager_messaging_limit,omitempty"`
	// MessagingLimitTier is the limit of the number in older versions, as a rule "".
	MessagingLimitTier string `json:"messaging_limit_tier,omitempty"`
	// Official marks an official business account.
	Official bool `json:"is_official_business_account,omitempty"`
	// OnBizApp marks a number that is in use with the WhatsApp Business app too.
	OnBizApp bool `json:"is_on_biz_app,omitempty"`
	// PIN is the two-step verification PIN, "" while two-step verification is off.
	PIN string `json:"pin,omitempty"`
	// Region is the country code under which messages are stored, "" for none.
	Region string `json:"data_localization_region,omitempty"`
	// Backup is what an On-Premises deployment that is not simulated would hand out
	// now, nil when there is none. A registration with other values fails.
	Backup *Backup `json:"backup,omitempty"`
	// Deployment is the number's On-Premises deployment, which makes its backups
	// itself; nil when there is none.
	Deployment *Deployment `json:"deployment,omitempty"`
	// Profile is the number's business profile.
	Profile Profile `json:"profile,omitzero"`
	// ProfileLost says that an On-Premises number was registered without a backup,
	// which costs it its business profile.
	ProfileLost bool `json:"profile_lost,omitempty"`
	// DeregistrationUnfinished marks a number whose last deregistration hangs: it
	// must be deregistered again before it can be registered.
	DeregistrationUnfinished bool `json:"deregistration_unfinished,omitempty"`
	// Webhook is where the webhooks of this number go instead of where those of its
	// account do.
	Webhook Callback `json:"webhook,omitzero"`
	// RefusedFields are fields that this number's node refuses to know although
	// other nodes know them.
	RefusedFields []string `json:"refused_fields,omitempty"`
}

// Profile is what customers see of a number. What is empty is not shown.
type Profile struct {
	// About is the line under the name, up to 139 characters.
	About string `json:"about,omitempty"`
	// Address is up to 256 characters, Description 512, Email 128.
	Address     string `json:"address,omitempty"`
	Description string `json:"description,omitempty"`
	Email       string `json:"email,omitempty"`
	// Websites are two URLs at most.
	Websites []string `json:"websites,omitempty"`
	// Vertical is the industry, such as RETAIL.
	Vertical string `json:"vertical,omitempty"`
	// PictureSHA256 is the hash of the picture's bytes, in hexadecimal digits, ""
	// while there is no picture. The API does not show it.
	PictureSHA256 string `json:"picture_sha256,omitempty"`
}

func (p Profile) clone() Profile {
	p.Websites = slices.Clone(p.Websites)
	return p
}

// Backup is the pair that On-Premises hands out for a migration.
type Backup struct {
	// Password is the one the backup was made with.
	Password string `json:"password"`
	// Data is the backup itself, to be passed on unchanged.
	Data string `json:"data"`
}

// clone returns a copy that shares nothing with n.
func (n Number) clone() Number {
	n.RefusedFields = slices.Clone(n.RefusedFields)
	n.Profile = n.Profile.clone()
	if n.Backup != nil {
		b := *n.Backup
		n.Backup = &b
	}
	if n.Deployment != nil {
		d := *n.Deployment
		n.Deployment = &d
	}
	return n
}

// live reports whether the number is registered on the Cloud API.
func (n Number) live() bool { return n.PlatformType == platformCloud }
